// SPDX-License-Identifier: Apache-2.0
// The frame: navigation, state in the address, filter bar, facets, theme, what is shown when something is wrong.
import { makeRecord, serve } from './lib.mjs';

const q = (page) => page.evaluate(() => new URLSearchParams(location.search).get('q') ?? '');
const total = async (page) => Number((await page.textContent('.filter-total')).replace(/\D/g, ''));
const chips = (page) => page.$$eval('.chip', (list) => list.map((c) => c.dataset.term));

export default async function (t) {
    const page = await t.open('/');
    await t.soon(() => page.$('.timeline-bars'), 'the first view is drawn');
    await t.soon(async () => await total(page) > 50, 'how much there is stands in the bar');
    const all = await total(page);

    // Facets: a click puts a term in, another takes it out; its siblings stay to be chosen as alternatives.
    await page.click('.facet[data-group="quad"] .facet-on >> nth=0');
    await t.soon(async () => /^quad:\d$/.test(await q(page)), 'a facet writes a term');
    await t.soon(async () => { const n = await total(page); return n > 0 && n < all; }, 'and fewer are found');
    t.equal((await chips(page)).length, 1, 'one chip');
    t.ok(await page.$$eval('.facet[data-group="quad"] .facet-on', (l) => l.length) > 1, 'the other classes can still be chosen');
    const one = await total(page);
    await page.click('.facet[data-group="quad"] .facet-on[aria-pressed="false"] >> nth=0');
    await t.soon(async () => /^quad:\d,\d$/.test(await q(page)), 'a second value of a facet is an alternative');
    await t.soon(async () => await total(page) > one, 'and more are found');

    // The way back.
    await page.goBack();
    await t.soon(async () => /^quad:\d$/.test(await q(page)) && await total(page) === one, 'the way back undoes one step');
    await page.goBack();
    await t.soon(async () => await q(page) === '' && await total(page) === all, 'and the step before');
    await page.goForward();
    await t.soon(async () => await total(page) === one, 'and forward again');
    await page.click('.chip-off');
    await t.soon(async () => await q(page) === '' && (await chips(page)).length === 0, 'a chip is taken out');

    // The keyboard: / goes to the field, suggestions by arrow, Enter takes one, Backspace brings it back for a change.
    await page.locator('h1').click();
    await page.keyboard.press('/');
    t.equal(await page.evaluate(() => document.activeElement.id), 'filter', 'the key / goes to the filter');
    await page.keyboard.type('type:acc');
    await t.soon(() => page.$('.filter-options:not([hidden]) [role="option"]'), 'there are suggestions');
    await page.keyboard.press('ArrowDown');
    t.ok(await page.getAttribute('#filter', 'aria-activedescendant'), 'the suggestion is told to a screen reader');
    await page.keyboard.press('Enter');
    await t.soon(async () => await q(page) === 'type:ACCUSE', 'a suggestion is taken');
    await page.keyboard.press('Backspace');
    await t.soon(async () => await q(page) === '' && await page.inputValue('#filter') === 'type:ACCUSE', 'Backspace brings the term back to be changed');
    await page.keyboard.press('Escape');
    await page.fill('#filter', '-status:planned');
    await page.keyboard.press('Enter');
    await t.soon(async () => await q(page) === '-status:planned' && (await page.textContent('.chip')).includes('not'), 'a term that is turned round');

    // Days. What is typed stays while the counts of what was typed before come in.
    let release;
    const held = new Promise((done) => { release = done; });
    await page.route('**/api/facets?*', async (route) => { await held; await route.continue(); });
    await page.fill('.filter-day >> nth=0', '2017');
    await page.keyboard.press('Enter');
    await t.soon(async () => (await q(page)).includes('from:2017'), 'a year to begin with');
    await page.fill('.filter-day >> nth=1', '20178');
    await page.keyboard.press('Enter');
    await t.soon(async () => (await page.textContent('.filter-error')).includes('20178'), 'what is no day is said to be none');
    t.ok(!(await q(page)).includes('20178'), 'and is not put into the address');
    const earlier = await page.textContent('.filter-total');
    release();
    await t.soon(async () => await page.textContent('.filter-total') !== earlier, 'the counts come in');
    t.ok((await page.textContent('.filter-error')).includes('20178'), 'the complaint about the day stays');
    t.equal(await page.inputValue('.filter-day >> nth=1'), '20178', 'and so does what was typed');
    await page.unroute('**/api/facets?*');
    await page.click('.filter-clear');
    await t.soon(async () => await q(page) === '' && await page.inputValue('.filter-day >> nth=1') === '', 'all is cleared');

    // The filter stays from view to view, what a view has of its own does not.
    await page.goto(`${t.server.origin}/?q=quad:4&split=type`);
    await t.soon(() => page.$('.timeline-bars'), 'a state is shown from its address');
    await page.click('.nav a:has-text("Search")');
    await t.soon(async () => new URL(page.url()).search === '?view=search&q=quad:4', 'the filter goes along to another view');
    t.ok((await page.title()).startsWith('Search'), 'the window has the title of the view');
    t.equal(await page.getAttribute('.nav a[aria-current]', 'aria-current'), 'page', 'the navigation tells where one is');

    // The theme is kept.
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.click('.theme');
    t.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark', 'the switch makes it dark');
    t.ok(await ground() !== light, 'the colours are others');
    await page.reload();
    await t.soon(() => page.$('.items'), 'loaded again');
    t.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark', 'and it stays dark');
    await page.click('.theme');
    t.equal(await page.evaluate(() => localStorage.getItem('chancery-theme')), null, 'what the system says anyway is not kept');

    // Folding the facets is kept too.
    await page.click('.facets-fold');
    t.ok(!await page.isVisible('.facet'), 'the facets are folded');
    await page.reload();
    await t.soon(() => page.$('.facets-fold'), 'loaded again');
    t.ok(!await page.isVisible('.facet'), 'and stay so');
    await page.click('.facets-fold');
    await t.soon(() => page.isVisible('.facet'), 'until they are unfolded');

    await wrong(t);
    await stopped(t);
    await nothing(t);

    const phone = await t.open('/?q=quad:4', { width: 360, height: 740 });
    await t.soon(() => phone.$('.timeline-bars'), 'drawn on a phone');
    await t.fits(phone, 'on a phone');
}

async function wrong(t) {
    const page = await t.open('/?q=tipe:ACCUSE+quad:4', { errors: true });
    await t.soon(async () => (await page.textContent('.filter-error')).includes('tipe:ACCUSE'), 'the error names the term');
    t.equal(await page.getAttribute('.chip-bad', 'data-term'), 'tipe:ACCUSE', 'the chip of the term is marked');
    t.equal(await page.getAttribute('#filter', 'aria-invalid'), 'true', 'the field is said to be wrong');
    await t.soon(() => page.$('.state-problem'), 'the view says so too');
    await t.axe(page, 'a wrong filter');
    await page.click('.chip-bad .chip-off');
    await t.soon(() => page.$('.timeline-bars'), 'without the term all is well');
    await t.soon(async () => !await page.isVisible('.filter-error'), 'and the error is gone');
    await page.goto(`${t.server.origin}/?view=nowhere`);
    await t.soon(async () => (await page.textContent('main')).includes('nowhere'), 'a view that is not there');
    await page.click('.state-actions a');
    await t.soon(() => page.$('.timeline-bars'), 'and the way out');
    for (const path of ['/?incident=0', '/?incident=x%22', '/?incident=99999999']) {
        await page.goto(t.server.origin + path);
        await t.soon(() => page.$('.sheet .state-problem'), `${path}: no such incident`);
        await page.keyboard.press('Escape');
        await t.soon(async () => !page.url().includes('incident'), 'closed');
    }
    await page.goto(`${t.server.origin}/?q=${'a'.repeat(2500)}`);
    await t.soon(() => page.$('.state-problem'), 'an expression that is too long');
    await page.goto(`${t.server.origin}/?by=fortnight&split=colour&unit=&order=sideways&span=17`);
    await t.soon(() => page.$('.timeline-bars'), 'parameters that mean nothing are taken for none');
}

async function stopped(t) {
    let server = await serve(t.server.record);
    const { port, origin } = server;
    const page = await t.open('/', { errors: true, origin });
    await t.soon(() => page.$('.timeline-bars'), 'a second server');
    await server.stop();
    await page.click('.nav a:has-text("Search")');
    await t.soon(async () => (await page.textContent('main')).includes('does not answer'), 'a server that has stopped is said to have');
    server = await serve(t.server.record, port);
    await page.click('main .state-actions button');
    await t.soon(() => page.$('.item'), 'trying again helps when it is back');
    await server.stop();
}

async function nothing(t) {
    const server = await serve(makeRecord('empty.db', [], { 'nothing.txt': 'The kettle is on the stove.\n' }));
    const page = await t.open('/', { origin: server.origin });
    await t.soon(async () => (await page.textContent('main')).includes('The record is empty'), 'an empty record says so');
    await t.axe(page, 'an empty record');
    await t.shot(page, 'empty');
    await server.stop();
}
