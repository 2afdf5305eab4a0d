// The page of a record: its link goes to the clipboard.
document.addEventListener('click', async (event) => {
  const copy = event.target.closest('[data-copy-link]');
  if (!copy) return;
  await navigator.clipboard.writeText(location.href);
  copy.lastChild.textContent = copy.dataset.copied;
});
