// SPDX-License-Identifier: Apache-2.0
// Two actors over time: /?view=relation
import { readFileSync } from 'node:fs';

const PAIR = '/?view=relation&a=LAO&b=MNG';
const texts = (page, selector) => page.locator(selector).allTextContents();

async function suggestions(t) {
    const page = await t.open('/?view=relation');
    await t.soon(async () => (await page.locator('.relation-card').count()) > 3, 'busy pairs are offered');
    await t.soon(async () => (await page.locator('.relation-card svg path').count()) > 3, 'with a small picture each');
    await t.axe(page, 'suggestions');
    const first = page.locator('.relation-card').first();
    const name = await first.locator('.relation-card-name').textContent();
    await first.click();
    await t.soon(() => page.locator('.figure-plot > .chart').isVisible(), 'a card leads to its pair');
    const shown = await page.locator('.actor-picker-input').evaluateAll((list) => list.map((i) => i.value));
    t.ok(name.includes(shown[0]) && name.includes(shown[1]), `the pair of the card: ${name}, ${shown}`);
    await page.goBack();
    await t.soon(async () => (await page.locator('.relation-card').count()) > 3, 'and back');
}

async function picker(t) {
    const page = await t.open('/?view=relation&a=LAO');
    await t.soon(async () => (await page.locator('h2').first().textContent())?.startsWith('Whom Laos'), 'one chosen: whom it deals with most');
    const box = page.getByRole('combobox', { name: 'and' });
    await box.click();
    await box.pressSequentially('mong');
    await t.soon(async () => (await texts(page, '.actor-picker-option')).some((x) => x.includes('Mongolia')), 'what is typed is looked for');
    t.equal(await box.getAttribute('aria-expanded'), 'true', 'the list is said to be open');
    await t.soon(() => box.getAttribute('aria-activedescendant'), 'and which option is meant');
    await t.axe(page, 'the list of actors');
    await page.keyboard.press('Escape');
    t.equal(await box.getAttribute('aria-expanded'), 'false', 'Escape closes it');
    await box.fill('mongolia');
    await t.soon(async () => await box.getAttribute('aria-expanded') === 'true' && (await texts(page, '.actor-picker-option')).some((x) => x.includes('MNG')), 'options again');
    const at = (await texts(page, '.actor-picker-option')).findIndex((x) => x.includes('MNG'));
    for (let i = 0; i < at; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await t.soon(() => page.url().includes('b=MNG'), 'Enter takes it into the address');
}

async function chart(t) {
    const page = await t.open(PAIR);
    const svg = page.locator('.figure-plot > .chart');
    await t.soon(async () => (await svg.locator('.relation-strong').allTextContents()).join('|') === 'Laos → Mongolia|Mongolia → Laos|Mean intensity', 'a panel each way, and intensity');
    t.ok((await svg.locator('path[class^=relation-quad]').evaluateAll((list) => list.filter((p) => p.getAttribute('d')).length)) > 1, 'bars are drawn');
    await t.soon(async () => (await page.locator('.rows-list-item').count()) > 0, 'rows beside it');
    await t.axe(page, 'relation');
    await t.shot(page, 'relation');

    // Directions.
    const rows = async () => Number(/^(\d+)/.exec(await page.locator('.rows-list-total').textContent())?.[1]);
    const both = await rows();
    await page.getByRole('button', { name: 'Laos →', exact: true }).click();
    await t.soon(async () => (await svg.locator('.relation-strong').allTextContents()).join('|') === 'Laos → Mongolia|Mean intensity', 'one way alone');
    t.ok(page.url().includes('way=ab'), 'is in the address');
    await t.soon(async () => await rows() < both, 'and fewer rows');
    await page.getByRole('button', { name: 'Swap sides' }).click();
    await t.soon(() => /a=MNG&b=LAO.*way=ba/.test(page.url()), 'swapped, the same way is shown');
    await page.getByRole('button', { name: 'Together' }).click();
    await t.soon(async () => /either way/.test((await svg.locator('.relation-strong').allTextContents())[0]), 'both together');
    await t.soon(async () => await rows() === both, 'and all rows');

    // A class from the legend.
    await page.locator('.legend-key', { hasText: 'Verbal cooperation' }).click();
    await t.soon(() => page.url().includes('q=quad:1'), 'the legend filters');
    await page.goBack();
    await t.soon(() => !page.url().includes('quad'), 'and back');

    // As rows, as a file.
    await page.getByRole('button', { name: 'Table' }).click();
    await t.soon(async () => (await page.locator('.figure-table tbody tr').count()) > 1, 'the chart as a table');
    const wait = page.waitForEvent('download');
    await page.getByRole('button', { name: 'SVG', exact: true }).click();
    const drawn = readFileSync(await (await wait).path(), 'utf8');
    t.ok(drawn.startsWith('<svg') && drawn.includes('Mean intensity') && !drawn.includes('relation-cursor'), 'the chart as SVG, without the cursor');
}

async function zoom(t) {
    const page = await t.open(PAIR);
    const svg = page.locator('.figure-plot > .chart');
    await t.soon(() => svg.isVisible(), 'chart');
    await t.soon(async () => (await page.locator('.rows-list-item').count()) > 0, 'rows');
    await svg.focus();
    await page.keyboard.press('Home');
    await t.soon(async () => !(await page.locator('.rows-list-title').textContent()).startsWith('All between'), 'the cursor of the keyboard lists its period');
    t.ok(/cooperation, \d+ conflict/.test(await svg.getAttribute('aria-valuetext')), 'and says it');
    await page.keyboard.press('Enter');
    await t.soon(() => /at=\d{4}-\d\d-\d\d/.test(page.url()), 'Enter keeps it in the address');
    await page.keyboard.press('Escape');
    await t.soon(() => !page.url().includes('at='), 'Escape lets it go');
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    await t.soon(() => /from:\d{4}-\d\d-\d\d.*to:/.test(decodeURIComponent(page.url())), 'a stretch chosen by Shift zooms by the filter');
    await t.soon(() => page.getByRole('button', { name: 'Whole time' }).isVisible(), 'the strip has a window');
    await page.getByRole('button', { name: 'Whole time' }).click();
    await t.soon(() => !page.url().includes('from'), 'and the whole again');

    await t.soon(() => svg.isVisible(), 'chart again');
    const box = await svg.boundingBox();
    await page.mouse.move(box.x + box.width * 0.15, box.y + 90);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.55, box.y + 90, { steps: 4 });
    await t.soon(() => page.locator('.tooltip').first().isVisible(), 'the sum of what is dragged over');
    await page.mouse.up();
    await t.soon(() => page.url().includes('from:'), 'dragging zooms');
    const edge = page.getByRole('slider', { name: 'First day' });
    await t.soon(() => edge.getAttribute('aria-valuetext'), 'the strip is drawn');
    await edge.focus();
    const before = page.url();
    await page.keyboard.press('ArrowRight');
    await t.soon(() => page.url() !== before, 'an edge of the strip by keyboard');
}

async function states(t) {
    let page = await t.open('/?view=relation&a=LAO&b=PER');
    await t.soon(async () => /Nothing between Laos and Peru/.test(await page.locator('.state').first().textContent()), 'nothing between the two is said');
    page = await t.open(`${PAIR}&by=fortnight&way=x&at=nonsense&unit=2`);
    await t.soon(() => page.locator('.figure-plot > .chart').isVisible(), 'nonsense in the address is passed over');
    page = await t.open(PAIR, { width: 360, height: 740, theme: 'dark' });
    await t.soon(async () => (await page.locator('.rows-list-item').count()) > 0, 'phone');
    await t.fits(page, 'relation on a phone');
    await t.axe(page, 'relation on a phone');
    await t.shot(page, 'relation-phone');
}

export default async function (t) {
    await suggestions(t);
    await picker(t);
    await chart(t);
    await zoom(t);
    await states(t);
}
