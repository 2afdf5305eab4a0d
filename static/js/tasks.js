// Lists of tasks: after a row was changed by key or click, the next one is at hand.
const rows = () => [...document.querySelectorAll('.task-row')];
const box = (row) => row?.querySelector('.task-check:not([disabled])');
let changed;

// A row that had the focus is about to be replaced; so is one whose menu, in the top layer, had it.
document.addEventListener('htmx:beforeSwap', (event) => {
  const row = event.detail.target;
  if (row.matches('.task-row') && row.contains(document.activeElement)) changed = row.id;
});

document.addEventListener('htmx:afterSettle', () => {
  if (!changed) return;
  const all = rows();
  const place = all.findIndex((row) => row.id === changed);
  const next = all.slice(place + 1).find((row) => box(row) && !row.matches('.is-done'));
  changed = undefined;
  (box(next) ?? box(all[place]))?.focus();
});
