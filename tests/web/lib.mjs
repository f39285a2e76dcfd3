// SPDX-License-Identifier: Apache-2.0
// What tests of the page stand on: a record, a server over it, pages in headless Chromium that are watched for what must never happen.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = join(HERE, '../..');
export const { WEB = join(ROOT, 'web') } = process.env;
const { CHANCERY, CHROMIUM = '/usr/bin/chromium', WEB_OUT = join(tmpdir(), 'chancery-web-test'), UPDATE } = process.env;
if (!CHANCERY) throw new Error('CHANCERY: the path of the command is wanted');
const require = createRequire(join(WEB, 'package.json'));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const { PNG } = require('pngjs');
const pixelmatch = (await import(require.resolve('pixelmatch'))).default;

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-lcd-text', '--font-render-hinting=none', '--force-color-profile=srgb', '--hide-scrollbars'];

const tmp = mkdtempSync(join(tmpdir(), 'chancery-web-'));
const servers = new Set();
export function tidy() {
    for (const s of servers) s.process.kill('SIGKILL');
    rmSync(tmp, { recursive: true, force: true });
}

/** A record of what is in the files, texts given as {name: text}. */
export function makeRecord(name, files, texts = {}) {
    const record = join(tmp, name);
    const more = Object.entries(texts).map(([file, text]) => {
        writeFileSync(join(tmp, file), text);
        return join(tmp, file);
    });
    execFileSync(CHANCERY, ['add', record, ...files, ...more], { stdio: ['ignore', 'ignore', 'ignore'] });
    return record;
}

/** `chancery serve` over a record; gives its origin. */
export async function serve(record, port = 0) {
    const process = spawn(CHANCERY, ['serve', record, '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
    const server = { process, origin: '', record };
    servers.add(server);
    let said = '';
    server.origin = await new Promise((resolve, reject) => {
        const read = (chunk) => {
            said += chunk;
            const found = /http:\/\/[\w.:[\]]+/.exec(said);
            if (found) resolve(found[0].replace(/\/$/, ''));
        };
        process.stdout.on('data', read);
        process.stderr.on('data', read);
        process.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
    });
    server.port = Number(new URL(server.origin).port);
    server.stop = () => new Promise((resolve) => {
        servers.delete(server);
        process.on('exit', resolve);
        process.kill('SIGTERM');
    });
    return server;
}

export async function launch() {
    return chromium.launch({ executablePath: CHROMIUM, args: flags });
}

/** What one file of tests is given. */
export class Tester {
    failures = [];
    checks = 0;
    #pages = [];
    #asking = new WeakMap(); // page: its requests that have no answer yet

    constructor(name, browser, server) {
        this.name = name;
        this.browser = browser;
        this.server = server;
    }

    ok(condition, what) {
        this.checks++;
        if (!condition) this.failures.push(what);
        return Boolean(condition);
    }

    equal(got, want, what) {
        return this.ok(got === want, `${what}: ${JSON.stringify(got)}, not ${JSON.stringify(want)}`);
    }

    /** The condition comes true within the time, in ms. */
    async soon(condition, what, limit = 15_000) {
        const end = Date.now() + limit;
        for (;;) {
            let value;
            try {
                value = await condition();
            } catch {
                value = false;
            }
            if (value) return this.ok(true, what);
            if (Date.now() > end) return this.ok(false, `${what} (not within ${limit} ms)`);
            await new Promise((r) => setTimeout(r, 25));
        }
    }

    /**
     * A page at an address of the server. It fails the test if something is said on the console as an error, an exception is thrown, another origin
     * is asked, or the policy is violated. `errors: true`: errors of loading are what the test is about.
     */
    async open(path, { width = 1280, height = 900, theme = 'light', errors = false, origin = this.server.origin, motion = 'reduce' } = {}) {
        const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: motion, locale: 'en-GB', timezoneId: 'UTC', acceptDownloads: true });
        context.setDefaultTimeout(20_000);
        const page = await context.newPage();
        const bad = (what) => this.failures.push(`${path}: ${what}`);
        page.on('console', (m) => {
            if (m.type() !== 'error' && !/Content.Security.Policy/i.test(m.text())) return;
            if (errors && /Failed to load resource|ERR_CONNECTION/.test(m.text())) return;
            bad(`console: ${m.text()}`);
        });
        page.on('pageerror', (e) => bad(`exception: ${e.stack ?? e}`));
        const asking = new Set();
        this.#asking.set(page, asking);
        for (const end of ['requestfinished', 'requestfailed']) page.on(end, (r) => asking.delete(r));
        page.on('request', (r) => {
            asking.add(r);
            const url = new URL(r.url());
            if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin) bad(`asks another origin: ${r.url()}`);
        });
        await page.addInitScript(() => addEventListener('securitypolicyviolation', (e) => console.error(`policy violated: ${e.violatedDirective} ${e.blockedURI}`)));
        await page.goto(origin + path);
        this.#pages.push(context);
        return page;
    }

    async close() {
        for (const context of this.#pages.splice(0)) await context.close();
    }

    /** No serious or critical violation of accessibility in what is shown, in light and in dark. */
    async axe(page, what) {
        await this.#still(page, what);
        await page.evaluate(axeSource);
        const shown = await page.evaluate(() => document.documentElement.dataset.theme);
        for (const theme of shown === 'dark' ? ['dark', 'light'] : ['light', 'dark']) {
            await page.emulateMedia({ colorScheme: theme });
            await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));
            // What is wrong in one theme only is wrong with its colours.
            const rules = theme === shown ? null : ['color-contrast'];
            const found = await page.evaluate((only) => window.axe.run(document, { resultTypes: ['violations'], ...(only ? { runOnly: { type: 'rule', values: only } } : {}) }), rules);
            const bad = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
            this.ok(bad.length === 0, `${what}, ${theme}: ${bad.map((v) => `${v.id} at ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} (${n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? ''})`).join('; ')}`).join(' | ')}`);
        }
        await page.emulateMedia({ colorScheme: shown });
    }

    /** Nothing sticks out at the right. */
    async fits(page, what) {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        this.ok(over <= 0, `${what}: ${over} px too wide`);
    }

    /** Waits until all that was asked for is there, is drawn and has stopped moving. */
    async #still(page, what) {
        await this.soon(() => this.#asking.get(page).size === 0, `${what}: all that was asked for is there`);
        await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));
        await this.soon(() => page.evaluate(() => document.getAnimations().every((a) => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)), `${what}: nothing moves`);
    }

    /** Looks as it did: reference/NAME.png, made by the same major version of Chromium. UPDATE=1 writes the references anew. */
    async shot(page, name) {
        await page.mouse.move(0, 0);
        await this.#still(page, `${name}.png`);
        const bytes = await page.screenshot({ animations: 'disabled', caret: 'hide' });
        mkdirSync(WEB_OUT, { recursive: true });
        writeFileSync(join(WEB_OUT, `${name}.png`), bytes);
        const kept = join(HERE, 'reference', `${name}.png`);
        const version = join(HERE, 'reference/CHROMIUM');
        const major = this.browser.version().split('.')[0];
        if (UPDATE) {
            writeFileSync(kept, small(PNG.sync.read(bytes)));
            writeFileSync(version, `${major}\n`);
            return;
        }
        if (!existsSync(kept) || !existsSync(version) || readFileSync(version, 'utf8').trim() !== major) return;
        const [now, then] = [PNG.sync.read(bytes), PNG.sync.read(readFileSync(kept))];
        if (!this.ok(now.width === then.width && now.height === then.height, `${name}.png: another size`)) return;
        const diff = new PNG({ width: now.width, height: now.height });
        const n = pixelmatch(coarse(now).data, then.data, diff.data, now.width, now.height, { threshold: 0.2 });
        const share = n / (now.width * now.height);
        if (!this.ok(share <= 0.015, `${name}.png: ${(100 * share).toFixed(2)} % of it looks different; see ${join(WEB_OUT, `${name}.diff.png`)}`)) writeFileSync(join(WEB_OUT, `${name}.diff.png`), PNG.sync.write(diff));
    }
}

/** Four bits a channel: enough to compare by, and a third of the size. */
function coarse(png) {
    for (let i = 0; i < png.data.length; i++) png.data[i] = i % 4 === 3 ? 255 : Math.round(png.data[i] / 17) * 17;
    return png;
}

const small = (png) => PNG.sync.write(coarse(png), { colorType: 2, deflateLevel: 9, filterType: 4 });
