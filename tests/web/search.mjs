// SPDX-License-Identifier: Apache-2.0
// Full-text search.
export default async function (t) {
    const page = await t.open('/?view=search');
    await t.soon(() => page.$('.search-item'), 'without words all stories are shown');
    await page.fill('.search-input', 'minister');
    await t.soon(async () => page.url().includes('text=minister') && (await page.textContent('.search-found')).includes('minister'), 'words are looked for as they are typed');
    await t.soon(async () => (await page.$$eval('.search-snippet mark', (l) => l.map((m) => m.textContent.toLowerCase()))).some((w) => w.startsWith('minister')), 'and marked where they stand');
    await t.shot(page, 'search');
    await t.axe(page, 'search');
    const hits = (await page.$$('.search-item')).length;
    await page.fill('.search-input', '"prime minister"');
    await page.keyboard.press('Enter');
    await t.soon(async () => (await page.$$('.search-item')).length < hits && (await page.$$('.search-item')).length > 0, 'a phrase is found less often');
    await page.fill('.search-input', 'zzxqv');
    await t.soon(async () => (await page.textContent('main')).includes('No story found'), 'what is nowhere is not found');
    await t.axe(page, 'nothing found');
    await page.goto(`${t.server.origin}/?view=search&text=minister&q=quad:4`);
    await t.soon(() => page.$('.search-item'), 'words and the filter together');
    t.equal(await page.inputValue('.search-input'), 'minister', 'the words come from the address');
    await page.click('.search-item .item-open >> nth=0');
    await t.soon(() => page.url().includes('view=reader'), 'a story opens in the reader');
    await page.goBack();
    await t.soon(async () => await page.inputValue('.search-input').catch(() => '') === 'minister', 'and back to what was looked for');
    // Text of news is text, whatever it looks like; so is what is typed.
    await page.fill('.search-input', '<img src=x onerror=alert(1)>');
    await t.soon(() => page.url().includes('onerror'), 'typed');
    t.equal(await page.$('main img'), null, 'nothing typed becomes an element');

    const phone = await t.open('/?view=search&text=minister', { width: 360, height: 740, theme: 'dark' });
    await t.soon(() => phone.$('.search-item'), 'on a phone');
    await t.fits(phone, 'on a phone');
}
