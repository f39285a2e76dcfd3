// SPDX-License-Identifier: Apache-2.0
// Where it happened: /?view=map
const zoomOf = (page) => Number(/at=[-\d.]+,[-\d.]+,([\d.]+)/.exec(decodeURIComponent(page.url()))?.[1] ?? 0);

async function world(t) {
    const page = await t.open('/?view=map');
    await t.soon(async () => (await page.locator('.map-place').count()) > 5, 'circles');
    t.ok((await page.locator('.map-land').getAttribute('d')).length > 5000, 'land');
    t.ok(/is not known/.test(await page.locator('.view-map .view-sub').textContent()), 'how much has no place');
    t.ok(/state no position/.test(await page.locator('.map-note').textContent()), 'whose borders they are');
    await t.axe(page, 'map');
    await t.shot(page, 'map');

    await page.getByRole('button', { name: 'Zoom in' }).click();
    await t.soon(() => zoomOf(page) > 1.5, 'zoom is in the address');
    await page.goto(page.url());
    await t.soon(async () => (await page.locator('.map-place').count()) > 0, 'and the address leads there');
    const near = zoomOf(page);
    const box = await page.locator('.figure-plot > .chart').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -400);
    await t.soon(() => zoomOf(page) > near, 'the wheel zooms');
    await page.locator('.figure-plot > .chart').focus();
    const at = page.url();
    await page.keyboard.press('ArrowRight');
    await t.soon(() => page.url() !== at, 'arrow keys pan');
    await page.keyboard.press('-');
    await page.keyboard.press('0');
    await t.soon(() => !page.url().includes('at='), '0 shows all');
}

async function place(t) {
    const page = await t.open('/?view=map');
    await t.soon(async () => (await page.locator('.map-place').count()) > 5, 'circles');
    await page.locator('.map-side button', { hasText: 'Lima' }).click();
    await t.soon(() => page.url().includes('place='), 'a place is chosen');
    await t.soon(async () => (await page.locator('.map-side h2').first().textContent()).startsWith('Lima'), 'its name');
    await t.soon(async () => (await page.locator('.rows-list-item').count()) > 0, 'what happened there');
    t.equal(await page.locator('.map-place[aria-pressed="true"]').count(), 1, 'its circle is marked');
    await t.axe(page, 'a place chosen');
    await page.getByRole('button', { name: 'Only here' }).click();
    await t.soon(() => /q=.*place:.*Lima/.test(decodeURIComponent(page.url())), 'into the filter');
    await page.goBack();
    await t.soon(() => page.url().includes('place='), 'back');
    await t.soon(async () => (await page.locator('.map-place').count()) > 5, 'circles again');
    await page.locator('.map-place[tabindex="0"]').focus();
    const from = await page.evaluate(() => document.activeElement.dataset.id);
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) await page.keyboard.press(key);
    t.ok(await page.evaluate(() => document.activeElement.classList.contains('map-place')), `arrow keys go from circle to circle (${from})`);
    await page.keyboard.press('Escape');
    await t.soon(() => !page.url().includes('place='), 'Escape lets go');
    await page.keyboard.press('Enter');
    await t.soon(() => page.url().includes('place='), 'Enter chooses');
    await page.getByRole('button', { name: 'Table' }).click();
    t.ok((await page.locator('.figure-table').textContent()).includes('Lima'), 'the map as a table');
}

async function states(t) {
    let page = await t.open('/?view=map&q=from:1900+to:1901');
    await t.soon(() => page.locator('.state-empty').isVisible(), 'nothing: said so');
    page = await t.open('/?view=map&at=999,x,0&place=-3');
    await t.soon(async () => (await page.locator('.map-place').count()) > 5, 'nonsense in the address is passed over');
    page = await t.open('/?view=map', { width: 360, height: 740, theme: 'dark' });
    await t.soon(async () => (await page.locator('.map-place').count()) > 2, 'phone');
    await t.fits(page, 'map on a phone');
    await t.axe(page, 'map on a phone');
    await t.shot(page, 'map-phone');
}

export default async function (t) {
    await world(t);
    await place(t);
    await states(t);
}
