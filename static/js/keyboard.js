// One map of keys for every page: g then a letter, c, e, /, ?, j, k, [, ], x. Never while typing, never with a dialog open.
import { open } from './palette.js';

const GOES_WITHIN = 1200;
const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, select, dialog, [popover], [contenteditable]';
let goesUntil = 0;

const stepRow = (by) => {
  const links = [...document.querySelectorAll('[data-row-link]')];
  if (!links.length) { follow(by > 0 ? 'next' : 'prev'); return; }
  const at = links.indexOf(document.activeElement.closest('tr, li, article')?.querySelector('[data-row-link]'));
  links[Math.max(0, Math.min(links.length - 1, at + by))].focus();
};

const follow = (rel) => document.querySelector(`[rel=${rel}]`)?.click();

const actions = {
  '/': open,
  '?': () => document.querySelector('#keyboard-help').showModal(),
  c: () => document.querySelector('#main [data-create], .page-header [data-create], [data-create]')?.click(),
  e: () => (document.activeElement.closest('.editable') ?? document.querySelector('[data-edit], .editable'))?.click(),
  j: () => stepRow(1),
  k: () => stepRow(-1),
  '[': () => follow('prev'),
  ']': () => follow('next'),
  x: () => document.activeElement.closest('tr')?.querySelector('.row-select')?.click(),
};

const isBusy = (target) => target.closest(TYPING) || document.querySelector('dialog[open], [popover]:popover-open');

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') { event.preventDefault(); open(); return; }
  if (document.body.dataset.keys === 'off' || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
  const place = Date.now() < goesUntil && document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
  goesUntil = event.key === 'g' ? Date.now() + GOES_WITHIN : 0;
  if (!place && !Object.hasOwn(actions, event.key)) return;
  event.preventDefault();
  if (place) place.click();
  else actions[event.key]();
});

document.addEventListener('click', (event) => {
  if (!event.target.closest('[data-search]')) return;
  event.preventDefault();
  open();
});
