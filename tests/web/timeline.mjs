// SPDX-License-Identifier: Apache-2.0
// The first view: chart, brush, keyboard, list, the sheet of an incident.
import { readFileSync } from 'node:fs';

const q = (page) => page.evaluate(() => new URLSearchParams(location.search).get('q') ?? '');
const param = (page, name) => page.evaluate((n) => new URLSearchParams(location.search).get(n), name);

export default async function (t) {
    const page = await t.open('/');
    await t.soon(() => page.$('.timeline-bars'), 'bars are drawn');
    await t.soon(() => page.$('.item'), 'incidents are listed');
    await t.soon(() => page.$('.facet'), 'facets are shown');
    await t.shot(page, 'timeline');
    await t.axe(page, 'timeline');

    // Hover tells a period, a drag selects days.
    const box = await page.locator('.timeline-hand').boundingBox();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
    await t.soon(() => page.isVisible('.tooltip'), 'the tooltip is shown');
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await t.soon(async () => /from:\d{4}-\d\d-\d\d to:\d{4}-\d\d-\d\d/.test(await q(page)), 'a drag writes from: and to:');
    const first = await q(page);
    await t.soon(async () => (await page.$$('.timeline-bars')).length > 0 && await page.isVisible('.timeline-strip-box'), 'the window is drawn, and the strip of the whole');
    await t.soon(async () => (await page.inputValue('.filter-day >> nth=0')) === /from:(\S+)/.exec(first)[1], 'the day fields follow');
    await t.shot(page, 'timeline-window');

    // The strip: dragging the window moves it.
    const strip = await page.locator('.timeline-brush .selection').boundingBox();
    await page.mouse.move(strip.x + strip.width / 2, strip.y + 10);
    await page.mouse.down();
    await page.mouse.move(strip.x + strip.width / 2 - 60, strip.y + 10, { steps: 4 });
    await page.mouse.up();
    await t.soon(async () => /from:/.test(await q(page)) && await q(page) !== first, 'the window is moved');
    await page.goBack();
    await t.soon(async () => await q(page) === first, 'and the way back moves it back');
    await page.click('text=Zoom out');
    await t.soon(async () => await q(page) !== first, 'zoomed out');
    await page.goto(`${t.server.origin}/?q=from:2017-01-01+to:2017-12-31`);
    await t.soon(() => page.$('.timeline-bars'), 'a year');
    await page.click('text=All days');
    await t.soon(async () => await q(page) === '', 'all days');

    // The same by keyboard.
    await t.soon(() => page.$('.timeline-bars'), 'drawn');
    await page.focus('.timeline-hand');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await t.soon(async () => /\d/.test(await page.getAttribute('.timeline-hand', 'aria-valuetext')), 'the period is told');
    await page.keyboard.press('Shift+PageUp');
    await page.keyboard.press('Shift+PageUp');
    await page.keyboard.press('Enter');
    await t.soon(async () => /from:\S+ to:\S+/.test(await q(page)), 'Enter zooms into what is selected');
    await t.soon(async () => page.$('.timeline-bars'), 'drawn');
    const zoomed = await q(page);
    await page.focus('.timeline-hand');
    await page.keyboard.press('Escape');
    await t.soon(async () => await q(page) !== zoomed, 'Escape widens');

    // What is drawn, and how.
    await page.goto(`${t.server.origin}/`);
    await t.soon(() => page.$('.timeline-bars'), 'drawn');
    await page.click('.choice button:has-text("Type")');
    await t.soon(async () => await param(page, 'split') === 'type' && (await page.$$('.timeline-bars')).length > 4, 'by type');
    await page.click('.legend-key >> nth=0');
    await t.soon(async () => /^type:[A-Z]+$/.test(await q(page)), 'the legend filters');
    await page.goBack();
    await page.selectOption('.view-controls select', 'year');
    await t.soon(async () => await param(page, 'by') === 'year' && (await page.textContent('.view-sub')).includes('by year'), 'by year');

    // Rows and picture to take away.
    const [csv] = await Promise.all([page.waitForEvent('download'), page.click('.figure-foot button:has-text("CSV")')]);
    const rows = readFileSync(await csv.path(), 'utf8').trim().split('\r\n');
    t.ok(rows.length > 2 && rows[0].startsWith('year,') && /^\d{4}-01-01,/.test(rows[1]), 'the rows as CSV');
    const [svg] = await Promise.all([page.waitForEvent('download'), page.click('.figure-foot button:has-text("SVG")')]);
    const picture = readFileSync(await svg.path(), 'utf8');
    t.ok(picture.startsWith('<svg') && /fill="rgb/.test(picture) && !/ class=| style=|var\(/.test(picture), 'the chart as SVG that needs no page');
    await page.click('.figure-foot button:has-text("Table")');
    t.ok(await page.isVisible('.figure-table table'), 'the table beside the chart');
    await t.axe(page, 'with the table');

    await list(t);
    await sheet(t);

    const phone = await t.open('/?split=status', { width: 360, height: 740, theme: 'dark' });
    await t.soon(() => phone.$('.item'), 'drawn on a phone');
    await t.fits(phone, 'on a phone');
    await t.shot(phone, 'timeline-phone');
    await t.axe(phone, 'on a phone');
}

async function list(t) {
    const page = await t.open('/');
    await t.soon(() => page.$('.item'), 'listed');
    const n = (await page.$$('.item')).length;
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await t.soon(async () => (await page.$$('.item')).length > n, 'more comes as one scrolls');
    await page.evaluate(() => scrollTo(0, 0));
    const days = () => page.$$eval('.item .item-date', (l) => l.slice(0, 5).map((d) => d.textContent).join());
    const newest = await days();
    await page.click('text=Oldest first');
    await t.soon(async () => await days() !== newest, 'the other way round');
    await page.focus('.item-open >> nth=0');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    t.equal(await page.evaluate(() => [...document.querySelectorAll('.item-open')].indexOf(document.activeElement)), 2, 'arrow and j go down the rows');
    await page.keyboard.press('Enter');
    await t.soon(() => page.$('.sheet .incident'), 'Enter opens the row');
    await page.keyboard.press('Escape');
    await t.soon(async () => !await page.$('.sheet'), 'Escape closes it');
    t.equal(await page.evaluate(() => [...document.querySelectorAll('.item-open')].indexOf(document.activeElement)), 2, 'and the focus is where it was');
    await page.goto(`${t.server.origin}/?q=type:ACCUSE+quad:1`);
    await t.soon(async () => (await page.textContent('main')).includes('Nothing found'), 'nothing found says so');
    await page.click('text=Clear the filter');
    await t.soon(() => page.$('.item'), 'and how to go on');
}

async function sheet(t) {
    const page = await t.open('/?q=contested:yes');
    await t.soon(() => page.$('.item'), 'what is contested');
    await page.click('.item-open >> nth=0');
    await t.soon(() => page.$('.sheet .incident'), 'the sheet is open');
    t.ok(/incident=\d+/.test(page.url()), 'and has an address');
    t.ok((await page.textContent('.sheet')).includes('First report'), 'the first report');
    t.ok((await page.textContent('.sheet')).includes('Who denies it') && await page.$('.sheet .sides .voice'), 'who says so and who denies it');
    t.ok(await page.$('.sheet blockquote b'), 'the words are marked');
    for (let i = 0; i < 12; i++) await page.keyboard.press('Tab');
    t.ok(await page.evaluate(() => document.activeElement === document.body || document.querySelector('.sheet').contains(document.activeElement)), 'the keyboard stays in the sheet');
    await t.axe(page, 'the sheet of an incident');
    await t.shot(page, 'incident');
    await page.goBack();
    await t.soon(async () => !await page.$('.sheet'), 'the way back closes it');
    await page.goForward();
    await t.soon(() => page.$('.sheet .incident'), 'and forward opens it');
    await page.click('.telling-foot a >> nth=0');
    await t.soon(() => page.url().includes('view=reader'), 'on to the reader');
    await t.soon(async () => !await page.$('.sheet'), 'which the sheet does not cover');
}
