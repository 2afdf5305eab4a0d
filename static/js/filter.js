// What is left empty in a form that narrows a list does not stand in the address.
document.addEventListener('formdata', ({ target, formData }) => {
  if (target.method === 'get') [...formData].forEach(([name, value]) => { if (value === '') formData.delete(name); });
});
