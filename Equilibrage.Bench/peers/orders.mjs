// The exchange's official client on the same orders: build, sign and serialise to the body of POST /order. Prints the
// client's version and nanoseconds an order, best of several rounds after warming up.
import { readFileSync } from 'node:fs';
import { OrderBuilder, orderToJsonV2 } from '@polymarket/clob-client-v2';
import { createWalletClient, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

const ROUNDS = 12;
const ORDERS = 100;
const EXCHANGE_VERSION = 2;
const polygon = {
  id: 137, name: 'Polygon', nativeCurrency: { name: 'POL', symbol: 'POL', decimals: 18 },
  rpcUrls: { default: { http: ['http://127.0.0.1:1'] } },
};
const account = privateKeyToAccount(`0x${'07'.repeat(32)}`);
const signer = createWalletClient({ account, chain: polygon, transport: http() });
const builder = new OrderBuilder(signer, polygon.id, 0);
const token = '71321045679252212594626385532706912750332728571942532289631379312455583992563';
const owner = '9180014b-33c8-9240-a14b-bdca11c0a465';
const options = { tickSize: '0.01', negRisk: false };

async function once(index) {
  const order = { tokenID: token, price: 0.01 + (index % 98) / 100, size: 5 + index, side: 'BUY' };
  const signed = await builder.buildOrder(order, options, EXCHANGE_VERSION);
  return JSON.stringify(orderToJsonV2(signed, owner, 'GTC', false, false)).length;
}

let best = Infinity;
let bytes = 0;
for (let round = 0; round < ROUNDS; round++) {
  const began = process.hrtime.bigint();
  for (let index = 0; index < ORDERS; index++) bytes += await once(index);
  best = Math.min(best, Number(process.hrtime.bigint() - began) / ORDERS);
}
if (bytes < ROUNDS * ORDERS * 500) throw new Error('these are no orders');
const client = new URL('../../node_modules/@polymarket/clob-client-v2/package.json', import.meta.url);
console.log(`clob-client-v2@${JSON.parse(readFileSync(client)).version}/${process.version} ${best}`);
