#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The page in headless Chromium: CHANCERY=path/to/chancery [WEB=folder with node_modules] [UPDATE=1] node tests/web/run.mjs [NAME…]
//
// Every other file here is a test of something: it exports `default async (t) => {…}` (lib.mjs has what `t` is). They all look at one record,
// made of samples/ and corpus/dev.jsonl; `t.server.origin` serves it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HERE, launch, makeRecord, ROOT, serve, Tester, tidy } from './lib.mjs';

const wanted = process.argv.slice(2);
const names = readdirSync(HERE).filter((f) => f.endsWith('.mjs') && f !== 'lib.mjs' && f !== 'run.mjs').map((f) => f.slice(0, -4))
    .filter((n) => wanted.length === 0 || wanted.includes(n)).sort();
let failed = 0;
try {
    const samples = readdirSync(join(ROOT, 'samples')).filter((f) => /\.(txt|html|jsonl)$/.test(f)).sort().map((f) => join(ROOT, 'samples', f));
    const server = await serve(makeRecord('news.db', [...samples, join(ROOT, 'corpus/dev.jsonl')]));
    const browser = await launch();
    const rest = [...names];
    const work = async () => {
        for (let name; (name = rest.shift());) {
            const t = new Tester(name, browser, server);
            const begin = Date.now();
            try {
                await (await import(join(HERE, `${name}.mjs`))).default(t);
            } catch (error) {
                t.failures.push(String(error.stack ?? error));
            }
            await t.close();
            console.log(`${t.failures.length ? 'FAILED' : 'ok'}  ${name}: ${t.checks} checks, ${((Date.now() - begin) / 1000).toFixed(1)} s`);
            for (const f of t.failures) console.log(`    ${f}`);
            failed += t.failures.length;
        }
    };
    await Promise.all([work(), work()]);
    await browser.close();
    await server.stop();
} catch (error) {
    console.log(`FAILED: ${error.stack ?? error}`);
    failed++;
} finally {
    tidy();
}
process.exit(failed ? 1 : 0);
