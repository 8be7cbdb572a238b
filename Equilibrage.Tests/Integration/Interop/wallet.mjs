// A throw-away wallet and the official client on it. No chain is asked: the client only signs with it.
import { ClobClient } from '@polymarket/clob-client-v2';
import { createWalletClient, http } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';

const polygon = {
  id: 137,
  name: 'Polygon',
  nativeCurrency: { name: 'POL', symbol: 'POL', decimals: 18 },
  rpcUrls: { default: { http: ['http://127.0.0.1:9'] } },
};

export function newWallet() {
  const account = privateKeyToAccount(generatePrivateKey());
  return createWalletClient({ account, chain: polygon, transport: http() });
}

/** A client with its API key. */
export async function openClient(host, signer = newWallet()) {
  const options = { host, chain: 137, signer, throwOnError: true };
  const creds = await new ClobClient(options).createApiKey();
  return { client: new ClobClient({ ...options, creds }), creds, signer };
}

/** A lively market on a one-cent grid, away from both ends of the scale. */
export async function pickMarket(base, { isNegRisk = false, spread = 0.01 } = {}) {
  let cursor = '';
  do {
    const page = await (await fetch(`${base}/gamma/markets/keyset?limit=100&after_cursor=${cursor}`)).json();
    const found = page.markets.find((market) => market.orderPriceMinTickSize === 0.01 && market.acceptingOrders
      && Boolean(market.negRisk) === isNegRisk && !market.secondsDelay && market.liquidityNum > 5000
      && market.bestBid >= 0.3 && market.bestAsk <= 0.7 && market.bestAsk - market.bestBid > spread - 0.001);
    if (found) {
      const [yes, no] = JSON.parse(found.clobTokenIds);
      return { id: found.conditionId, yes, no, minimum: found.orderMinSize, fees: found.feeSchedule };
    }
    cursor = page.next_cursor ?? '';
  } while (cursor);
  throw new Error('no market fits');
}

export const best = (levels) => Number(levels.at(-1).price);
