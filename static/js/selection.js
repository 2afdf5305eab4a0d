// Rows of a table are chosen: all of a page, or with Shift from the last one to this one. Without script each by its box.
const boxes = (form) => [...form.querySelectorAll('.row-select')];
let last = null;

const tell = (form) => {
  const all = boxes(form), count = all.filter((box) => box.checked).length, whole = form.querySelector('[data-select-all]');
  whole.checked = count > 0 && count === all.length;
  whole.indeterminate = count > 0 && count < all.length;
  const said = count ? form.dataset.saidSelected.replace('{count}', count) : '';
  document.querySelectorAll('[data-selected]').forEach((place) => { place.textContent = said; });
};
const choose = (chosen, is) => chosen.forEach((box) => { box.checked = is; });

document.addEventListener('click', (event) => {
  const box = event.target.closest('.selection .row-select, .selection [data-select-all]'), form = box?.form;
  if (!box) return;
  const all = boxes(form);
  if (box.matches('[data-select-all]')) choose(all, box.checked);
  else if (event.shiftKey && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    choose(all.slice(from, to + 1), box.checked);
  }
  last = box.matches('.row-select') ? box : null;
  tell(form);
});
document.addEventListener('reset', (event) => {
  if (event.target.matches('.selection')) setTimeout(() => { last = null; tell(event.target); });
});
const start = () => document.querySelectorAll('.selection').forEach(tell);
document.addEventListener('htmx:afterSettle', start);
start();
