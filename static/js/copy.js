// Copies the text of the field beside a button, and says so on the button. The field is there to be selected without it.
const SAYS_SO = 2000;

const copy = async (field) => {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch { // no clipboard without a certificate
    document.execCommand('copy');
  }
};

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('[data-copy]');
  if (!button) return;
  const around = button.parentElement;
  await copy(around.querySelector('input'));
  const label = button.querySelector('span');
  const { textContent } = label;
  around.querySelector('[role="status"]').textContent = label.textContent = button.dataset.copied;
  setTimeout(() => { label.textContent = textContent; }, SAYS_SO);
});
