// PouchDB replication as its own documentation shows it, for bench/first_sync.py.
//   node pouch.js serve DIR DOCS.ndjson   a server on LevelDB with these documents; says where it listens
//   node pouch.js copy DIR URL            replicate into an empty LevelDB; says how long it took
"use strict";
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");
const from = createRequire(path.join(process.env.POUCH_MODULES, "package.json"));
const PouchDB = from("pouchdb");

const FILL = 5000;
const BATCH = { batch_size: 1000, batches_limit: 10 };

function say(found) {
  process.stdout.write(JSON.stringify(found) + "\n");
}

async function serve(folder, file) {
  const express = from("express");
  const Here = PouchDB.defaults({ prefix: folder + path.sep });
  const centre = new Here("centre");
  const docs = fs.readFileSync(file, "utf-8").trim().split("\n").map((line) => JSON.parse(line));
  for (let at = 0; at < docs.length; at += FILL) {
    await centre.bulkDocs(docs.slice(at, at + FILL));
  }
  const app = express();
  app.use("/", from("express-pouchdb")(Here, { mode: "minimumForPouchDB", inMemoryConfig: true }));
  const listener = app.listen(0, "127.0.0.1", () => {
    say({ listening: `http://127.0.0.1:${listener.address().port}/centre`, docs: docs.length });
  });
  process.stdin.on("end", () => process.exit(0));
  process.stdin.resume();
}

async function copy(folder, url) {
  const local = new PouchDB(path.join(folder, "copy"));
  const began = process.hrtime.bigint();
  const result = await PouchDB.replicate(url, local, BATCH);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  say({ ok: result.ok, docs: (await local.info()).doc_count, seconds });
  process.exit(0);
}

const [act, folder, what] = process.argv.slice(2);
(act === "serve" ? serve : copy)(folder, what).catch((error) => {
  process.stderr.write(String(error && error.stack ? error.stack : error) + "\n");
  process.exit(1);
});
