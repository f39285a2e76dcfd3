// SPDX-License-Identifier: Apache-2.0
// Who deals with whom: /?view=network
const places = (page) => page.locator('.network-node').evaluateAll((list) => list.map((g) => `${g.dataset.id} ${g.getAttribute('transform')}`).join('\n'));

async function graph(t) {
    const page = await t.open('/?view=network');
    await t.soon(async () => (await page.locator('.network-node').count()) > 10, 'nodes');
    t.ok((await page.locator('.network-link').count()) > 5, 'links');
    const first = await places(page);
    await t.axe(page, 'graph');
    await t.shot(page, 'network');
    const again = await t.open('/?view=network');
    await t.soon(async () => (await again.locator('.network-node').count()) > 10, 'once more');
    t.equal(await places(again), first, 'the same picture every time');

    const laos = page.locator('.network-node[data-id="LAO"]');
    await laos.click();
    await t.soon(() => page.url().includes('focus=LAO'), 'a node that is chosen is in the address');
    t.equal(await laos.getAttribute('aria-pressed'), 'true', 'and said to be pressed');
    t.ok((await page.locator('.network-arrow').count()) > 1, 'its links show their ways');
    await t.soon(async () => (await page.locator('.network-side h2').textContent()) === 'Laos', 'beside it: who it is');
    t.ok((await page.locator('.network-partners').textContent()).includes('Mongolia'), 'and whom it deals with');
    t.ok(/view=actor.*key=LAO/.test(await page.getByRole('link', { name: 'Its page' }).getAttribute('href')), 'its page');
    await t.axe(page, 'a node chosen');
    await page.goto(page.url());
    await t.soon(async () => (await page.locator('.network-side h2').textContent()) === 'Laos', 'the address alone leads there');
    await page.locator('.network-partners a', { hasText: 'Mongolia' }).click();
    await t.soon(() => /view=relation.*a=LAO&b=MNG/.test(page.url()), 'a partner leads to the relation');
    await page.goBack();
    await t.soon(() => page.locator('.network-node[data-id="LAO"]').isVisible(), 'back');
    await page.locator('.network-node[data-id="LAO"]').focus();
    await page.keyboard.press('Enter');
    await t.soon(() => !page.url().includes('focus='), 'Enter lets go');
    await page.keyboard.press('Enter');
    await t.soon(() => page.url().includes('focus=LAO'), 'and chooses');
    await page.getByRole('button', { name: 'Only this one' }).click();
    await t.soon(() => page.url().includes('actor:LAO'), 'into the filter');
    await page.getByRole('button', { name: 'Actors' }).click();
    await t.soon(() => page.url().includes('level=actor'), 'level');
}

async function forms(t) {
    const page = await t.open('/?view=network&form=matrix');
    const cell = page.locator('.network-matrix td a[aria-label^="Laos to Mongolia: "]');
    await t.soon(() => cell.isVisible(), 'the matrix says who to whom');
    await t.axe(page, 'matrix');
    await t.shot(page, 'network-matrix');
    await page.getByRole('button', { name: 'List' }).click();
    await t.soon(async () => (await page.locator('.network-list tbody tr').count()) > 5, 'the list');
    await t.axe(page, 'list');
    const strip = page.getByRole('slider', { name: 'First day' });
    await strip.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await t.soon(() => page.url().includes('from:'), 'the strip narrows the time');
}

async function states(t) {
    let page = await t.open('/?view=network&q=from:1900+to:1901');
    await t.soon(() => page.locator('.state-empty').isVisible(), 'nobody: said so');
    page = await t.open('/?view=network&level=x&form=y&focus=NOBODY&top=9');
    await t.soon(async () => (await page.locator('.network-node').count()) > 10, 'nonsense in the address is passed over');
    page = await t.open('/?view=network', { width: 360, height: 740, theme: 'dark' });
    await t.soon(async () => (await page.locator('.network-list tbody tr').count()) > 5, 'a phone has the list first');
    await t.fits(page, 'network on a phone');
    await page.getByRole('button', { name: 'Graph' }).click();
    await t.soon(async () => (await page.locator('.network-node').count()) > 5, 'and the graph');
    await t.fits(page, 'graph on a phone');
    await t.axe(page, 'graph on a phone');
    await t.shot(page, 'network-phone');
}

export default async function (t) {
    await graph(t);
    await forms(t);
    await states(t);
}
