// The palette: focus stays in the box, arrows move aria-activedescendant, Enter opens.
const palette = document.querySelector('#palette');
const input = document.querySelector('#palette-input');
const results = document.querySelector('#palette-results');
const options = () => [...results.querySelectorAll('[role="option"]')];
let waiting = false;

export const open = () => {
  if (palette.open) return;
  palette.showModal();
  input.select();
  palette.querySelector('form').dispatchEvent(new CustomEvent('palette-opened'));
};

const choose = (option) => {
  options().forEach((other) => other.setAttribute('aria-selected', other === option));
  if (!option) { input.removeAttribute('aria-activedescendant'); return; }
  input.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
};

const step = (by) => {
  const all = options(), at = all.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  if (all.length) choose(all[(at + by + all.length) % all.length]);
};

const follow = () => results.querySelector('[aria-selected="true"]')?.click();

input?.addEventListener('keydown', (event) => {
  const keys = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: () => { if (!waiting) follow(); } };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
input?.addEventListener('input', () => { waiting = true; });
results?.addEventListener('htmx:afterSwap', () => { waiting = false; choose(options()[0]); });
