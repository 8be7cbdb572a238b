// A whole session of the exchange's official client against the practice exchange. Usage: official-client.mjs BASE
import assert from 'node:assert/strict';
import { AssetType, ClobClient, OrderType, Side } from '@polymarket/clob-client-v2';
import { best, newWallet, openClient, pickMarket } from './wallet.mjs';
import { eventually, refusal, step } from './steps.mjs';

const base = process.argv[2];
const host = `${base}/clob`;
const { client, creds, signer } = await openClient(host);
const market = await pickMarket(base);
const grid = { tickSize: '0.01', negRisk: false };
const book = () => client.getOrderBook(market.yes);
const resting = async (size = 10, args = {}) => {
  const price = Math.round((best((await book()).bids) - 0.05) * 100) / 100;
  return { tokenID: market.yes, side: Side.BUY, price, size, ...args };
};
const cashNow = async () => BigInt(
  (await client.getBalanceAllowance({ asset_type: AssetType.COLLATERAL })).balance);
const sharesNow = async () => BigInt(
  (await client.getBalanceAllowance({ asset_type: AssetType.CONDITIONAL, token_id: market.yes })).balance);
const isOpen = async (id) => (await client.getOpenOrders()).some((order) => order.id === id);

await step('public: ok, version, time', async () => {
  assert.equal(await client.getOk(), 'OK');
  assert.equal(await client.getVersion(), 2);
  assert.ok(Math.abs(await client.getServerTime() - Date.now() / 1000) < 5);
});

await step('keys: derive gives what create gave', async () => {
  assert.deepEqual(await client.deriveApiKey(), creds);
  assert.match(await refusal(() => client.createApiKey()), /Could not create api key/);
  assert.ok((await client.getApiKeys()).apiKeys.includes(creds.key));
});

await step('keys: read-only and builder keys come and go', async () => {
  const { apiKey } = await client.createReadonlyApiKey();
  assert.ok((await client.getReadonlyApiKeys()).includes(apiKey));
  await client.deleteReadonlyApiKey(apiKey);
  assert.ok(!(await client.getReadonlyApiKeys()).includes(apiKey));
  const builder = await client.createBuilderApiKey();
  assert.ok((await client.getBuilderApiKeys()).some((each) => each.key === builder.key));
});

await step('keys: a wrong secret is refused', async () => {
  const secret = `${'A'.repeat(43)}=`;
  const forged = new ClobClient({ host, chain: 137, signer, throwOnError: true, creds: { ...creds, secret } });
  assert.match(await refusal(() => forged.getOpenOrders()), /Unauthorized\/Invalid api key/);
});

await step('keys: a deleted key is refused', async () => {
  const other = (await openClient(host)).client;
  await other.deleteApiKey();
  assert.match(await refusal(() => other.getApiKeys()), /Unauthorized\/Invalid api key/);
});

await step('account: a new wallet has its dollars and approvals', async () => {
  const collateral = await client.getBalanceAllowance({ asset_type: AssetType.COLLATERAL });
  assert.equal(collateral.balance, '1000000000');
  assert.ok(Object.values(collateral.allowances).every((allowance) => BigInt(allowance) > 10n ** 20n));
  assert.equal(await sharesNow(), 0n);
  assert.equal((await client.getClosedOnlyMode()).closed_only, false);
});

await step('books: one, many, and their hash', async () => {
  const one = await book();
  assert.equal(one.asset_id, market.yes);
  assert.ok(one.bids.length > 0 && one.asks.length > 0 && best(one.bids) < best(one.asks));
  for (let i = 1; i < one.bids.length; i++) assert.ok(Number(one.bids[i - 1].price) < Number(one.bids[i].price));
  for (let i = 1; i < one.asks.length; i++) assert.ok(Number(one.asks[i - 1].price) > Number(one.asks[i].price));
  const served = one.hash;
  assert.equal(await client.getOrderBookHash(one), served);
  const both = await client.getOrderBooks([{ token_id: market.yes }, { token_id: market.no }]);
  assert.deepEqual(both.map((each) => each.asset_id).sort(), [market.yes, market.no].sort());
  assert.match(await refusal(() => client.getOrderBook('123')), /No orderbook exists/);
});

await step('prices: singles and lists agree with the book', async () => {
  await eventually(async () => {
    const one = await book();
    const [bid, ask] = [best(one.bids), best(one.asks)];
    const args = [{ token_id: market.yes, side: Side.BUY }, { token_id: market.yes, side: Side.SELL }];
    const [buy, sell, middle, spread, prices, middles, spreads] = await Promise.all([
      client.getPrice(market.yes, Side.BUY), client.getPrice(market.yes, Side.SELL), client.getMidpoint(market.yes),
      client.getSpread(market.yes), client.getPrices(args), client.getMidpoints(args.slice(0, 1)),
      client.getSpreads(args.slice(0, 1))]);
    return Number(buy.price) === bid && Number(sell.price) === ask
      && Math.abs(Number(middle.mid) - (bid + ask) / 2) < 1e-9 && Math.abs(Number(spread.spread) - (ask - bid)) < 1e-9
      && Number(prices[market.yes].BUY) === bid && Number(prices[market.yes].SELL) === ask
      && middles[market.yes] === middle.mid && spreads[market.yes] === spread.spread;
  }, 'all prices of one moment agree');
  const last = await client.getLastTradePrice(market.yes);
  assert.ok(Number(last.price) > 0 && Number(last.price) < 1);
  assert.ok(Array.isArray(await client.getLastTradesPrices([{ token_id: market.yes, side: Side.BUY }])));
});

await step('market facts: tick, neg-risk, fees, pages', async () => {
  assert.equal(await client.getTickSize(market.yes), '0.01');
  assert.equal(await client.getNegRisk(market.yes), false);
  const info = await client.getClobMarketInfo(market.id);
  assert.equal(info.c, market.id);
  assert.deepEqual(info.t.map((token) => token.t), [market.yes, market.no]);
  assert.equal(info.fd.r, market.fees.rate);
  assert.ok((await client.getMarkets()).data.length > 0);
  assert.ok((await client.getSamplingSimplifiedMarkets()).data.length > 0);
  assert.equal((await client.getMarket(market.id)).condition_id, market.id);
  assert.ok((await client.getPricesHistory({ market: market.yes, interval: '1d', fidelity: 60 })).history.length > 5);
});

await step('GTC: rests, is found, is canceled', async () => {
  const reply = await client.createAndPostOrder(await resting(), grid, OrderType.GTC);
  assert.equal(reply.status, 'live');
  assert.equal(reply.success, true);
  const order = await client.getOrder(reply.orderID);
  assert.equal(order.status.replace('ORDER_STATUS_', ''), 'LIVE');
  assert.equal(Number(order.original_size), 10);
  assert.equal(Number(order.size_matched), 0);
  assert.deepEqual((await client.cancelOrder({ orderID: reply.orderID })).canceled, [reply.orderID]);
  assert.equal(await isOpen(reply.orderID), false);
  const again = await client.cancelOrder({ orderID: reply.orderID });
  assert.match(again.not_canceled[reply.orderID], /already canceled or matched/);
});

await step('post-only: rests behind the touch, is refused at it', async () => {
  const reply = await client.createAndPostOrder(await resting(), grid, OrderType.GTC, true);
  assert.equal(reply.status, 'live');
  await client.cancelOrder({ orderID: reply.orderID });
  const crossing = { tokenID: market.yes, side: Side.BUY, price: best((await book()).asks) + 0.02, size: 10 };
  assert.match(
    await refusal(() => client.createAndPostOrder(crossing, grid, OrderType.GTC, true)), /order crosses book/);
});

await step('GTD: rests until its date, a near one is refused', async () => {
  const now = Math.floor(Number((await book()).timestamp) / 1000);
  const far = await client.createAndPostOrder(await resting(10, { expiration: now + 3600 }), grid, OrderType.GTD);
  assert.equal(far.status, 'live');
  assert.equal((await client.getOrder(far.orderID)).expiration, String(now + 3600));
  await client.cancelOrder({ orderID: far.orderID });
  const near = await resting(10, { expiration: now + 30 });
  assert.match(await refusal(() => client.createAndPostOrder(near, grid, OrderType.GTD)), /invalid expiration/);
});

await step('FAK: buys for dollars, settles, and the account adds up', async () => {
  const before = await cashNow();
  const args = { tokenID: market.yes, side: Side.BUY, amount: 20, price: best((await book()).asks) + 0.03 };
  const reply = await client.createAndPostMarketOrder(args, grid, OrderType.FAK);
  assert.equal(reply.status, 'matched');
  const trades = await client.getTrades({ id: reply.tradeIDs[0] });
  assert.equal(trades.length, 1);
  assert.equal(trades[0].trader_side, 'TAKER');
  assert.equal(trades[0].taker_order_id, reply.orderID);
  const matched = trades[0].maker_orders.reduce((sum, maker) => sum + Number(maker.matched_amount), 0);
  assert.ok(Math.abs(matched - Number(reply.takingAmount)) < 1e-6);
  await eventually(async () => await sharesNow() === BigInt(Math.round(matched * 1e6)), 'the shares arrive');
  const fees = trades[0].maker_orders.reduce((sum, maker) => {
    const price = maker.asset_id === market.yes ? Number(maker.price) : 1 - Number(maker.price);
    return sum + Math.round(Number(maker.matched_amount) * market.fees.rate * price * (1 - price) * 1e5) / 1e5;
  }, 0);
  const paid = Number(before - await cashNow()) / 1e6;
  assert.ok(Math.abs(paid - Number(reply.makingAmount) - fees) < 0.0001, `paid ${paid}, fees ${fees}`);
});

await step('FAK: sells what is held', async () => {
  const held = Number(await sharesNow()) / 1e6;
  const amount = Math.floor(held * 50) / 100;
  const args = { tokenID: market.yes, side: Side.SELL, amount, price: best((await book()).bids) - 0.03 };
  const reply = await client.createAndPostMarketOrder(args, grid, OrderType.FAK);
  assert.equal(reply.status, 'matched');
  assert.ok(Math.abs(Number(reply.makingAmount) - amount) < 0.011);
});

await step('FOK and FAK: a miss is said in the exchange\'s words', async () => {
  const fok = { tokenID: market.yes, side: Side.BUY, amount: 900, price: best((await book()).bids) };
  const post = (args, type) => refusal(() => client.createAndPostMarketOrder(args, grid, type));
  assert.match(await post(fok, OrderType.FOK), /fully filled or killed/);
  assert.match(await post({ ...fok, amount: 5 }, OrderType.FAK), /no orders found to match/);
});

await step('FOK: buys the whole amount', async () => {
  const args = { tokenID: market.no, side: Side.BUY, amount: 10, price: 0.99 };
  const reply = await client.createAndPostMarketOrder(args, grid, OrderType.FOK);
  assert.equal(reply.status, 'matched');
  assert.ok(Math.abs(Number(reply.makingAmount) - 10) < 0.02);
});

await step('batch: orders succeed and fail one by one', async () => {
  const good = await client.createOrder(await resting(), grid);
  const other = await client.createOrder(await resting(11), grid);
  const small = await client.createOrder(await resting(1), grid);
  const replies = await client.postOrders(
    [good, small, other].map((order) => ({ order, orderType: OrderType.GTC })));
  assert.deepEqual(replies.map((reply) => Boolean(reply.orderID)), [true, false, true]);
  assert.match(replies[1].errorMsg, /lower than the minimum/);
  const canceled = await client.cancelOrders([replies[0].orderID, replies[2].orderID]);
  assert.equal(canceled.canceled.length, 2);
});

await step('cancels: by market, by token, all', async () => {
  const place = async () => (await client.createAndPostOrder(await resting(), grid, OrderType.GTC)).orderID;
  let id = await place();
  assert.deepEqual((await client.cancelMarketOrders({ market: market.id })).canceled, [id]);
  id = await place();
  assert.deepEqual((await client.cancelMarketOrders({ asset_id: market.yes })).canceled, [id]);
  const ids = [await place(), await place()];
  assert.deepEqual((await client.cancelAll()).canceled.sort(), ids.sort());
  assert.equal((await client.getOpenOrders()).length, 0);
});

await step('refusals: tick, size, balance, signature, duplicate', async () => {
  const off = await resting();
  off.price += 0.005;
  // A client that believes in a finer grid than the exchange's.
  const stale = new ClobClient({ host, chain: 137, signer, throwOnError: true, creds });
  stale.tickSizes[market.yes] = '0.001';
  const text = await refusal(async () => stale.postOrder(
    await stale.createOrder(off, { tickSize: '0.001', negRisk: false }), OrderType.GTC));
  assert.match(text, /breaks minimum tick size rule: 0\.01/);
  const post = async (size) => refusal(async () => client.createAndPostOrder(await resting(size), grid));
  assert.match(await post(1), /lower than the minimum/);
  assert.match(await post(100000), /not enough balance \/ allowance/);
  assert.match(await refusal(async () => client.postOrder(
    await client.createOrder(await resting(), { tickSize: '0.01', negRisk: true }))), /invalid signature/);
  const order = await client.createOrder(await resting(), grid);
  await client.postOrder(order);
  assert.match(await refusal(() => client.postOrder(order)), /Duplicated/);
  await client.cancelAll();
});

await step('refusals: another wallet\'s order', async () => {
  const stranger = new ClobClient({ host, chain: 137, signer: newWallet(), throwOnError: true });
  const order = await stranger.createOrder(await resting(), grid);
  assert.match(await refusal(() => client.postOrder(order)), /signer address has to be the address of the API KEY/);
});

await step('neg-risk: orders are signed for the other exchange', async () => {
  const group = await pickMarket(base, { isNegRisk: true });
  const price = Math.round((best((await client.getOrderBook(group.yes)).bids) - 0.05) * 100) / 100;
  const args = { tokenID: group.yes, side: Side.BUY, price, size: 10 };
  const reply = await client.createAndPostOrder(args, { tickSize: '0.01', negRisk: true }, OrderType.GTC);
  assert.equal(reply.status, 'live');
  await client.cancelAll();
});

await step('scoring and notifications answer', async () => {
  const reply = await client.createAndPostOrder(await resting(), grid, OrderType.GTC);
  assert.equal(typeof (await client.isOrderScoring({ order_id: reply.orderID })).scoring, 'boolean');
  assert.equal(typeof (await client.areOrdersScoring({ orderIds: [reply.orderID] }))[reply.orderID], 'boolean');
  await client.cancelAll();
  const notes = await client.getNotifications();
  assert.ok(Array.isArray(notes) && notes.length > 0);
  await client.dropNotifications({ ids: notes.map((note) => String(note.id)) });
  assert.equal((await client.getNotifications()).length, 0);
});

await step('heartbeat: a chain of ids; a wrong one is refused', async () => {
  const heart = (await openClient(host)).client;
  const first = await heart.postHeartbeat('');
  const second = await heart.postHeartbeat(first.heartbeat_id);
  assert.ok(second.heartbeat_id);
  assert.ok(await refusal(() => heart.postHeartbeat('00000000-0000-0000-0000-000000000000')));
});

await step('trades: pages without gaps or repeats', async () => {
  const trader = (await openClient(host)).client;
  const limit = Math.min(0.97, best((await book()).asks) + 0.08);
  const orders = [];
  for (let i = 0; i < 105; i++) {
    const args = { tokenID: market.yes, side: Side.BUY, amount: 1, price: limit };
    orders.push({ order: await trader.createMarketOrder(args, grid), orderType: OrderType.FAK });
  }
  for (let i = 0; i < orders.length; i += 15) {
    const replies = await trader.postOrders(orders.slice(i, i + 15));
    assert.ok(replies.every((reply) => reply.status === 'matched'), JSON.stringify(replies));
  }
  const first = await trader.getTradesPaginated({});
  assert.ok(first.next_cursor && first.next_cursor !== 'LTE=', 'there is a second page');
  const all = await trader.getTrades();
  assert.equal(all.length, 105);
  assert.equal(new Set(all.map((trade) => trade.id)).size, 105);
});
