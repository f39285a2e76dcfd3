#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// How fast the page is over a record: WEB=folder with node_modules [CHROMIUM=…] node bench/serve/page.mjs ORIGIN [ROUNDS]
//
// Measured in headless Chromium against a running `chancery serve`: from the start of the navigation to the first chart painted (a new browser
// profile each time; the server has answered before), and from a click on a facet to the chart of the answer painted, each filter for the first
// time. Milliseconds: median, 90th percentile, most.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { chromium } = createRequire(join(process.env.WEB ?? join(root, 'web'), 'package.json'))('playwright-core');
const [origin, rounds = '7'] = process.argv.slice(2);
if (!origin) {
    console.error('usage: node bench/serve/page.mjs ORIGIN [ROUNDS]');
    process.exit(2);
}

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const paths = { timeline: ['/', '.timeline-bars'], relation: ['/?view=relation&a=USA&b=IRN', '.view-relation svg.chart *'], network: ['/?view=network', '.view-network svg *'], map: ['/?view=map', '.view-map svg *'] };

async function fresh() {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    await page.addInitScript(() => {
        window.painted = (selector, old) => new Promise((resolve) => {
            const look = () => {
                const element = document.querySelector(selector);
                if (!element || element === old || document.querySelector('.slot[aria-busy]')) return false;
                watch.disconnect();
                requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
                return true;
            };
            const watch = new MutationObserver(look);
            watch.observe(document, { childList: true, subtree: true, attributes: true });
            look();
        });
    });
    return page;
}

function report(what, times) {
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(0);
    console.log(`${what.padEnd(28)} ${at(0.5).padStart(6)} ${at(0.9).padStart(6)} ${at(1).padStart(6)}   of ${times.length}`);
}

console.log(`${''.padEnd(28)} median    p90   most`);
for (const [name, [path, selector]] of Object.entries(paths)) {
    const times = [];
    for (let i = 0; i < Number(rounds); i++) {
        const page = await fresh();
        await page.goto(origin + path, { waitUntil: 'commit' });
        times.push(await page.evaluate((s) => window.painted(s), selector));
        await page.context().close();
    }
    report(`${name}: first paint`, times);
}

const page = await fresh();
await page.goto(origin);
await page.evaluate(() => window.painted('.timeline-bars'));
await page.waitForSelector('.facet-on');
const clicks = [];
for (const group of ['quad', 'type', 'status', 'country', 'dyad', 'sector', 'publisher', 'place_country']) {
    for (let i = 0; i < 3; i++) {
        const facet = page.locator(`.facet[data-group="${group}"] .facet-on`).nth(i);
        if (await facet.count() === 0) continue;
        const time = await facet.evaluate(async (button) => {
            const old = document.querySelector('.timeline-bars');
            const begin = performance.now();
            button.click();
            return await window.painted('.timeline-bars', old) - begin;
        });
        clicks.push(time);
        await page.waitForLoadState('networkidle');
        await page.goBack();
        await page.waitForFunction(() => !new URLSearchParams(location.search).get('q') && !document.querySelector('.slot[aria-busy], .facet-on[aria-pressed="true"]'));
        await page.waitForLoadState('networkidle');
    }
}
report('a facet clicked', clicks);
await browser.close();
