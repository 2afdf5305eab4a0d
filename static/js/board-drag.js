// Cards follow the mouse by dragging, and a finger after a long press.
const LONG_PRESS = 350, EDGE = 48;
const ZONES = '.board-column, .drop-zone';
const drop = (card, zone) => card.dispatchEvent(new CustomEvent('card-dropped', { bubbles: true, detail: { zone } }));
const aim = (zone) => document.querySelectorAll(ZONES).forEach((each) => each.classList.toggle('is-drop-target', each === zone));
let dragged = null;

// Mouse
document.addEventListener('dragstart', (event) => {
  dragged = event.target.closest?.('.deal-card');
  dragged?.classList.add('is-dragging');
  if (dragged) event.dataTransfer.effectAllowed = 'move';
});
document.addEventListener('dragover', (event) => {
  const zone = dragged && event.target.closest(ZONES);
  if (dragged) aim(zone);
  if (zone) event.preventDefault();
});
document.addEventListener('drop', (event) => {
  const zone = dragged && event.target.closest(ZONES);
  if (!zone) return;
  event.preventDefault();
  drop(dragged, zone);
});
document.addEventListener('dragend', () => {
  dragged?.classList.remove('is-dragging');
  aim(null);
  dragged = null;
});

// Touch: a finger that rests lifts the card, one that moves scrolls.
let touch = null; // { card, ghost, x, y, timer }

const lift = () => {
  const { card, x, y } = touch, box = card.getBoundingClientRect();
  touch.ghost = card.cloneNode(true);
  touch.ghost.removeAttribute('id');
  touch.ghost.classList.add('drag-ghost');
  touch.ghost.style.width = `${box.width}px`;
  [touch.dx, touch.dy] = [x - box.left, y - box.top];
  document.body.append(touch.ghost);
  card.classList.add('is-dragging');
  document.querySelector('.board').classList.add('is-dragging-by-touch');
  follow(x, y);
};
const zoneAt = (x, y) => document.elementFromPoint(x, y)?.closest(ZONES);
const follow = (x, y) => {
  const board = document.querySelector('.board');
  touch.ghost.style.translate = `${x - touch.dx}px ${y - touch.dy}px`;
  if (x > innerWidth - EDGE) board.scrollBy(12, 0);
  if (x < EDGE) board.scrollBy(-12, 0);
  aim(zoneAt(x, y));
};
const letGo = () => {
  clearTimeout(touch?.timer);
  touch?.ghost?.remove();
  touch?.card.classList.remove('is-dragging');
  document.querySelector('.board')?.classList.remove('is-dragging-by-touch');
  aim(null);
  touch = null;
};

document.addEventListener('touchstart', (event) => {
  const card = event.target.closest('.deal-card'), { clientX: x, clientY: y } = event.touches[0];
  letGo();
  if (!card || event.touches.length > 1 || event.target.closest('.card-menu, .next-chip')) return;
  card.draggable = false; // else the browser's own drag takes the finger away
  touch = { card, x, y, timer: setTimeout(lift, LONG_PRESS) };
}, { passive: true });
document.addEventListener('touchmove', (event) => {
  if (!touch) return;
  const { clientX: x, clientY: y } = event.touches[0];
  if (touch.ghost) { event.preventDefault(); follow(x, y); }
  else if (Math.hypot(x - touch.x, y - touch.y) > 8) letGo();
}, { passive: false });
document.addEventListener('touchend', (event) => {
  if (!touch?.ghost) { letGo(); return; }
  event.preventDefault();
  const { card } = touch, { clientX: x, clientY: y } = event.changedTouches[0], zone = zoneAt(x, y);
  letGo();
  if (zone) drop(card, zone);
});
document.addEventListener('touchcancel', letGo);
document.addEventListener('contextmenu', (event) => { if (touch) event.preventDefault(); });
document.addEventListener('pointerdown', (event) => {
  const card = event.target.closest?.('.deal-card');
  if (card && event.pointerType === 'mouse') card.draggable = true;
});
