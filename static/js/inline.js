// Fields changed in place: Enter saves, Esc cancels, Tab saves and moves on. Without script each has a page of its own.
const editables = () => [...document.querySelectorAll('.editable')];

document.addEventListener('keydown', (event) => {
  const form = event.target.closest('form[data-field]');
  if (!form || event.defaultPrevented) return;
  if (event.key === 'Escape') form.querySelector('[data-cancel]').click();
  if (event.key === 'Enter' && event.target.matches('select')) form.requestSubmit();
  // A field that was refused lets go with the next Tab: nobody is kept in it.
  if (event.key !== 'Tab' || event.target.matches('button, a, [aria-invalid="true"]')) return;
  event.preventDefault();
  form.closest('[id^="property-"]').dataset.then = event.shiftKey ? -1 : 1;
  form.requestSubmit();
});

const settled = new WeakSet();
document.addEventListener('htmx:afterSettle', ({ detail }) => {
  const place = detail.target;
  if (!place?.id?.startsWith('property-') || settled.has(detail.xhr)) return;
  settled.add(detail.xhr);
  const value = place.querySelector('.editable');
  if (!value) return;
  const all = editables();
  (all[all.indexOf(value) + Number(place.dataset.then ?? 0)] ?? value).focus();
  delete place.dataset.then;
  if (detail.requestConfig.verb !== 'post') return;
  value.classList.add('is-saved');
  document.body.dispatchEvent(new Event('record-changed'));
});
