// Connects to the hub with the official client, prints one JSON line per event, and ends when its input does.
// Usage: node live-client.mjs URL
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.cwd() + "/package.json"));
const signalr = require("@microsoft/signalr");

const print = (event, data) => console.log(JSON.stringify({ event, data }));
const connection = new signalr.HubConnectionBuilder()
  .withUrl(process.argv[2])
  .configureLogging(signalr.LogLevel.None)
  .build();
for (const event of ["position_update", "new_opportunity", "trade_executed"]) {
  connection.on(event, (data) => print(event, data));
}

await connection.start();
print("positions", await connection.invoke("subscribe_positions"));
print("opportunities", await connection.invoke("subscribe_opportunities"));
process.stdin.on("end", async () => {
  await connection.stop();
  process.exit(0);
});
process.stdin.resume();
