// Cards follow the keyboard: arrows walk, Shift and an arrow moves, Space lifts and drops, Escape takes back.
const SIDEWAYS = { ArrowLeft: -1, ArrowRight: 1 }, UP_DOWN = { ArrowUp: -1, ArrowDown: 1 };
const board = () => document.querySelector('.board');
const columns = () => [...board().querySelectorAll('.board-column')];
const zones = () => [...columns(), ...board().querySelectorAll('.drop-zone')];
const cardsOf = (column) => [...column.querySelectorAll('.deal-card')];
const say = (said, card, zone) => {
  const title = card.querySelector('h3').textContent;
  document.getElementById('board-status').textContent = board().dataset[said].replace('{deal}', title).replace('{place}', zone.dataset.name);
};
const drop = (card, zone) => card.dispatchEvent(new CustomEvent('card-dropped', { bubbles: true, detail: { zone } }));
let lifted = null; // { card, zone }

const aim = (zone) => zones().forEach((each) => each.classList.toggle('is-drop-target', each === zone));
const lay = () => {
  lifted?.card.classList.remove('is-lifted');
  if (board()) aim(null);
  lifted = null;
};
const lift = (card) => {
  lifted = { card, zone: card.closest('.board-column') };
  card.classList.add('is-lifted');
  say('saidLifted', card, lifted.zone);
};
const carry = (step) => {
  const all = zones(), zone = all[all.indexOf(lifted.zone) + step];
  if (!zone) return;
  lifted.zone = zone;
  aim(zone);
  zone.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  say('saidOver', lifted.card, zone);
};
const steer = (event) => {
  const { card, zone } = lifted, step = SIDEWAYS[event.key] || UP_DOWN[event.key];
  if (step) carry(step);
  if (event.key === 'Escape') { lay(); say('saidBack', card, card.closest('.board-column')); }
  if (event.key === ' ' || event.key === 'Enter') { lay(); drop(card, zone); }
  if (step || ['Escape', ' ', 'Enter'].includes(event.key)) event.preventDefault();
};
const walk = (card, event) => {
  const all = columns(), here = all.indexOf(card.closest('.board-column')), cards = cardsOf(all[here]);
  const index = cards.indexOf(card), side = SIDEWAYS[event.key];
  let beside = cards[index + UP_DOWN[event.key]];
  for (let at = here + side; side && all[at] && !beside; at += side) beside = cardsOf(all[at])[index] || cardsOf(all[at]).at(-1);
  beside?.querySelector('h3 a').focus();
};

document.addEventListener('keydown', (event) => {
  const card = event.target.closest?.('.deal-card');
  if (!card || !event.target.closest('h3') || event.ctrlKey || event.metaKey || event.altKey) return;
  if (lifted) { steer(event); return; }
  const side = SIDEWAYS[event.key];
  if (event.key === ' ') lift(card);
  else if (side && event.shiftKey) {
    const all = columns(), zone = all[all.indexOf(card.closest('.board-column')) + side];
    if (zone) drop(card, zone);
  } else if (side || UP_DOWN[event.key]) walk(card, event);
  else return;
  event.preventDefault();
});
document.addEventListener('focusout', () => { if (lifted) lay(); });
