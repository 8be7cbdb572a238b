// Both channels of the practice exchange, read by a plain WebSocket client. Usage: sockets.mjs BASE
import assert from 'node:assert/strict';
import { OrderType, Side } from '@polymarket/clob-client-v2';
import WebSocket from 'ws';
import { best, openClient, pickMarket } from './wallet.mjs';
import { eventually, step } from './steps.mjs';

const base = process.argv[2];
const { client, creds } = await openClient(`${base}/clob`);
const market = await pickMarket(base, { spread: 0.02 });
const grid = { tickSize: '0.01', negRisk: false };

/** A socket that keeps every text and every event of its frames, arrays or not. */
async function open(path, greeting) {
  const socket = new WebSocket(`${base.replace('http', 'ws')}${path}`);
  const heard = { texts: [], events: [], socket, closed: false };
  socket.on('message', (data) => {
    const text = data.toString();
    if (!text.startsWith('{') && !text.startsWith('[')) heard.texts.push(text);
    else heard.events.push(...[JSON.parse(text)].flat());
  });
  socket.on('close', () => { heard.closed = true; });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  if (greeting) socket.send(JSON.stringify(greeting));
  return heard;
}

const kinds = (heard, kind) => heard.events.filter((event) => event.event_type === kind);

/** Rebuilds one token's book from the frames, as any reader would. */
function rebuild(heard, token) {
  const sides = { BUY: new Map(), SELL: new Map() };
  let isSeeded = false;
  for (const event of heard.events) {
    if (event.event_type === 'book' && event.asset_id === token) {
      sides.BUY = new Map(event.bids.map((level) => [Number(level.price), Number(level.size)]));
      sides.SELL = new Map(event.asks.map((level) => [Number(level.price), Number(level.size)]));
      isSeeded = true;
    }
    if (event.event_type !== 'price_change' || !isSeeded) continue;
    for (const change of event.price_changes.filter((each) => each.asset_id === token)) {
      if (Number(change.size) === 0) sides[change.side].delete(Number(change.price));
      else sides[change.side].set(Number(change.price), Number(change.size));
    }
  }
  const sorted = (side) => [...sides[side]].sort((a, b) => a[0] - b[0]);
  return JSON.stringify([sorted('BUY'), sorted('SELL')]);
}

const served = (book) => JSON.stringify([book.bids, book.asks].map((levels) => levels
  .map((level) => [Number(level.price), Number(level.size)]).sort((a, b) => a[0] - b[0])));

const quotes = await open('/ws/market', {
  assets_ids: [market.yes, market.no], type: 'market', initial_dump: true, level: 2, custom_feature_enabled: true });

await step('market channel: a snapshot of each token comes first', async () => {
  await eventually(() => kinds(quotes, 'book').length >= 2, 'two snapshots');
  const seeded = new Set(kinds(quotes, 'book').map((event) => event.asset_id));
  assert.deepEqual([...seeded].sort(), [market.yes, market.no].sort());
});

await step('market channel: PING is answered, known assets are not new', async () => {
  quotes.socket.send('PING');
  await eventually(() => quotes.texts.includes('PONG'), 'PONG');
  quotes.socket.send(JSON.stringify({ operation: 'subscribe', assets_ids: [market.yes] }));
  await eventually(() => quotes.texts.includes('NO NEW ASSETS'), 'NO NEW ASSETS');
});

await step('market channel: rebuilt books equal the served ones', async () => {
  await eventually(() => kinds(quotes, 'price_change').length >= 3, 'three changes', 60);
  for (const token of [market.yes, market.no]) {
    await eventually(async () => served(await client.getOrderBook(token)) === rebuild(quotes, token), 'equal books');
  }
});

await step('market channel: best prices stand in every change', () => {
  for (const change of kinds(quotes, 'price_change').flatMap((event) => event.price_changes)) {
    assert.equal(typeof change.best_bid, 'string');
    assert.equal(typeof change.best_ask, 'string');
    assert.ok(change.side === 'BUY' || change.side === 'SELL');
  }
});

await step('market channel: garbage ends nothing but itself', async () => {
  const other = await open('/ws/market', { assets_ids: [market.yes], type: 'market' });
  await eventually(() => kinds(other, 'book').length > 0, 'a snapshot');
  other.socket.send('{"operation":');
  const before = quotes.events.length;
  await eventually(() => quotes.events.length > before, 'the first socket goes on', 60);
  other.socket.terminate();
});

const own = await open('/ws/user', {
  auth: { apiKey: creds.key, secret: creds.secret, passphrase: creds.passphrase }, type: 'user', markets: [] });
const placed = (id, type) => kinds(own, 'order').find((event) => event.id === id && event.type === type);

await step('user channel: wrong credentials close it', async () => {
  const forged = await open('/ws/user', {
    auth: { apiKey: creds.key, secret: creds.secret, passphrase: 'no' }, type: 'user', markets: [] });
  await eventually(() => forged.closed, 'closed');
});

await step('user channel: placement and cancellation', async () => {
  own.socket.send('PING');
  await eventually(() => own.texts.includes('PONG'), 'PONG');
  const price = Math.round((best((await client.getOrderBook(market.yes)).bids) - 0.05) * 100) / 100;
  const args = { tokenID: market.yes, side: Side.BUY, price, size: 10 };
  const { orderID } = await client.createAndPostOrder(args, grid, OrderType.GTC);
  const event = await eventually(() => placed(orderID, 'PLACEMENT'), 'PLACEMENT');
  assert.equal(event.status.replace('ORDER_STATUS_', ''), 'LIVE');
  assert.equal(event.market, market.id);
  await client.cancelOrder({ orderID });
  await eventually(() => placed(orderID, 'CANCELLATION'), 'CANCELLATION');
});

await step('user channel: a trade goes from MATCHED to CONFIRMED', async () => {
  const limit = best((await client.getOrderBook(market.yes)).asks) + 0.03;
  const reply = await client.createAndPostMarketOrder(
    { tokenID: market.yes, side: Side.BUY, amount: 10, price: limit }, grid, OrderType.FAK);
  assert.equal(reply.status, 'matched');
  const seen = () => kinds(own, 'trade').filter((event) => event.id === reply.tradeIDs[0])
    .map((event) => event.status.replace('TRADE_STATUS_', ''));
  await eventually(() => seen().includes('CONFIRMED'), 'CONFIRMED', 60);
  assert.deepEqual([...new Set(seen())], ['MATCHED', 'MINED', 'CONFIRMED']);
  await eventually(() => kinds(quotes, 'last_trade_price').length > 0, 'the print on the market channel');
});

await step('user channel: a maker fill stands in maker_orders', async () => {
  const taker = (await openClient(`${base}/clob`)).client;
  const price = await eventually(async () => {
    const book = await client.getOrderBook(market.no);
    const inside = Math.round((best(book.bids) + 0.01) * 100) / 100;
    return inside < best(book.asks) && inside;
  }, 'room between bid and ask');
  const { orderID } = await client.createAndPostOrder(
    { tokenID: market.no, side: Side.BUY, price, size: 10 }, grid, OrderType.GTC);
  const mirrored = Math.round((1 - price) * 100) / 100;
  await taker.createAndPostMarketOrder(
    { tokenID: market.yes, side: Side.BUY, amount: 2, price: mirrored }, grid, OrderType.FAK);
  const trade = await eventually(() => kinds(own, 'trade').find((event) => event.maker_orders
    ?.some((maker) => maker.order_id === orderID)), 'a trade with our maker order', 30);
  const mine = trade.maker_orders.find((maker) => maker.order_id === orderID);
  assert.equal(mine.asset_id, market.no);
  assert.equal(Number(mine.price), price);
  assert.equal(trade.trader_side, 'MAKER');
  await client.cancelAll();
});

quotes.socket.close();
own.socket.close();
