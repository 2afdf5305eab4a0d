// The board: a card that is dropped somewhere is moved by the server, and goes back where the server refuses.
// Whoever drops says so with the event "card-dropped" on the card; `detail.zone` is a column or an outcome.
const find = (id) => document.getElementById(id);
const board = () => document.querySelector('.board');
const titleOf = (card) => card.querySelector('h3').textContent;
const linkOf = (card) => card.querySelector('h3 a');
let moving = null; // { id, title, card, home, next, zone }: what is on its way, and where it came from
const waiting = []; // { id, zone }: what was dropped meanwhile

const say = (said, card, place, more = '') => {
  const text = board().dataset[said].replace('{deal}', titleOf(card)).replace('{place}', place);
  find('board-status').textContent = `${text} ${more}`.trim();
};

const nextAddress = (card) => `${board().dataset.here}&moved=${card.id.slice('deal-'.length)}`;
const columnOf = (card) => card.closest('.board-column');

const begin = (card, zone = null) => {
  moving = { id: card.id, card, home: card.parentElement, next: card.nextElementSibling, zone };
};

const wait = (card, zone) => {
  card.setAttribute('aria-busy', 'true');
  waiting.push({ id: card.id, zone });
};

const drop = (card, zone) => {
  if (moving) { wait(card, zone); return; }
  if (zone === columnOf(card)) return;
  begin(card, zone);
  card.setAttribute('aria-busy', 'true');
  const next = nextAddress(card), url = card.dataset.move, target = '#move-sheet';
  if (zone.dataset.outcome === 'lost') {
    htmx.ajax('GET', `${url}?status=lost&next=${encodeURIComponent(next)}`, { target });
    return;
  }
  zone.querySelector('.board-cards')?.prepend(card);
  const where = zone.dataset.outcome ? { status: zone.dataset.outcome } : { stage: zone.dataset.place };
  htmx.ajax('POST', url, { target, values: { ...where, next, seen_version: card.dataset.version } });
};

// One move at a time: the heads of the columns come back with each.
const arrive = () => {
  moving = null;
  setTimeout(() => {
    const next = moving ? null : waiting.shift();
    const card = next && find(next.id);
    card?.removeAttribute('aria-busy');
    if (card && next.zone.isConnected) drop(card, next.zone);
    if (next && !moving) arrive();
  });
};

const close = () => { if (find('move-dialog').open) find('move-dialog').close(); };

// The card is where it was, and the reader knows why.
const putBack = (reason = '') => {
  const { card, home, next } = moving;
  const dragged = card.isConnected && moving.zone;
  arrive();
  card.removeAttribute('aria-busy');
  if (card.parentElement !== home) home.insertBefore(card, next?.isConnected ? next : null);
  close();
  if (dragged) say('saidBack', card, columnOf(card).dataset.name, reason);
  linkOf(card).focus();
};

const refuse = (reason) => {
  const banner = find('refusal').content.cloneNode(true);
  banner.querySelector('p').textContent = reason;
  find('board-refusal').replaceChildren(banner);
  putBack(reason);
};

// The server's card took the place of ours; one that is not on this board any more leaves it.
const settle = () => {
  const { id, card: ours, zone } = moving;
  arrive();
  const card = find(id);
  close();
  find('board-refusal').replaceChildren();
  if (card === ours) {
    say('saidMoved', card, zone?.dataset.name || '');
    const beside = card.nextElementSibling?.querySelector('h3 a') || board();
    card.remove();
    beside.focus();
    return;
  }
  const column = find(`column-${card.dataset.place}`);
  if (columnOf(card) !== column) column.querySelector('.board-cards').prepend(card);
  say('saidMoved', card, column.dataset.name);
  linkOf(card).focus();
};

const showSheet = () => {
  if (!find('move-dialog').open) find('move-dialog').showModal();
  find('move-sheet').querySelector('[aria-invalid], textarea, input:not([type=hidden]), button:not([disabled])')?.focus();
};

// A refused move asks for what is missing, or gives the reason; its version is the one that the reader knows now.
const showRefused = () => {
  const sheet = find('move-sheet'), asks = sheet.querySelector('.field');
  const version = sheet.querySelector('[name=seen_version]');
  if (version) moving.card.dataset.version = version.value;
  if (asks || !moving.zone) showSheet();
  else refuse(sheet.querySelector('[data-reason]').textContent.trim());
};

document.addEventListener('card-dropped', ({ target, detail }) => drop(target, detail.zone));

document.addEventListener('htmx:afterRequest', ({ detail }) => {
  if (detail.target?.id !== 'move-sheet' || !moving) return;
  if (detail.xhr.status === 422) showRefused();
  else if (!detail.successful) putBack();
  else if (detail.requestConfig.verb === 'post') settle();
  else showSheet();
});

document.addEventListener('click', ({ target }) => {
  const way = target.closest('.card-menu');
  if (way && !moving) begin(way.closest('.deal-card'));
  if (target.closest('[data-close-sheet]')) close();
});

// Escape and Cancel: whatever was on its way goes back.
find('move-dialog').addEventListener('close', () => {
  find('move-sheet').replaceChildren();
  if (moving) putBack();
});
