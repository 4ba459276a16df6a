// The site at BASE_URL, every kind of page and every form of it or, with CRAWL=full, every page: no console error, no accessibility violation, readable without JavaScript,
// no sideways scrolling on a telephone. Pictures of all pages go to SHOTS, if it is set.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { base, fileName, launch, pages, patience } from './crawl.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.SHOTS
const wide = { width: 1280, height: 900 }
const telephone = { width: 360, height: 740 }
const wrong = { errors: [], violations: [], sideways: [] }
let browser
let found

before(async () => {
  browser = await launch()
  found = await pages(browser)
  if (shots) mkdirSync(shots, { recursive: true })
  await lookAtAll()
})

after(async () => { await browser?.close() })

/** Opens every page as readers do, three at a time, and collects what is wrong with it, by kind. */
async function lookAtAll () {
  const context = await browser.newContext({ viewport: wide })
  const left = found.map(({ address }) => address)
  const visit = async () => {
    for (let address = left.shift(); address; address = left.shift()) {
      const page = await context.newPage()
      await lookAt(page, address)
      await page.close()
    }
  }
  await Promise.all([visit(), visit(), visit()])
  await context.close()
}

/** Looks at a page under its own security policy: as it opens (once what it works out is there), as axe sees it, and on a telephone. */
async function lookAt (page, address) {
  const say = (kind, findings) => findings.forEach((finding) => wrong[kind].push(`${address}: ${finding}`))
  const errors = []
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()) })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(address, { waitUntil: 'load', timeout: patience })
  await page.waitForFunction(() => document.querySelector('[data-working]') === null && document.readyState === 'complete', null, { timeout: patience })
  const hosts = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin))
  say('errors', [...errors, ...hosts.filter((host) => host !== new URL(base).origin)])
  await page.evaluate(axe)
  const result = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  say('violations', result.violations.map((violation) => `${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`))
  if (shots) await page.screenshot({ path: join(shots, `${fileName(address)}-1280.png`), fullPage: true })
  await page.setViewportSize(telephone)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  say('sideways', width > telephone.width ? [`${width} pixels wide`] : [])
  if (shots) await page.screenshot({ path: join(shots, `${fileName(address)}-360.png`), fullPage: true })
}

test('the site has pages and none of them fails', () => {
  assert.ok(found.length >= 10, `only ${found.length} pages were reached from ${base}`)
  const failed = found.filter(({ status }) => status !== 200)
  assert.deepEqual(failed, [])
  console.log(`visited ${found.length} pages`)
})

test('every form was sent', () => {
  const asked = new Set(found.filter(({ address }) => new URL(address).search).map(({ address }) => new URL(address).pathname.split('/')[1]))
  const forms = ['search', 'indicators', 'indicator', 'claims', 'scenarios', 'place', 'practice']
  assert.deepEqual(forms.filter((form) => !asked.has(form)), [])
})

test('no page has a console error, breaks its security policy or asks another host', () => {
  assert.deepEqual(wrong.errors.sort(), [])
})

test('no page has an accessibility violation', () => {
  assert.deepEqual(wrong.violations.sort(), [])
})

test('every page can be read without JavaScript', () => {
  const unreadable = found.filter(({ headings, words }) => headings !== 1 || words < 80)
  assert.deepEqual(unreadable, [])
})

test('no page scrolls sideways on a telephone', () => {
  assert.deepEqual(wrong.sideways.sort(), [])
})

test('tables sort and filter with the keyboard', async () => {
  const page = await browser.newPage()
  await page.goto(`${base}/`)
  for (const { address } of found) {
    await page.goto(address)
    const field = page.locator('.app-filter input').first()
    if (await field.count() === 0 || !(await field.isVisible())) continue
    const table = page.locator('.app-filter + .app-table').first()
    const header = table.locator('thead th button').first()
    await header.focus()
    await page.keyboard.press('Enter')
    assert.equal(await table.locator('thead th').first().getAttribute('aria-sort'), 'ascending')
    await field.fill('no row has these words')
    const shown = await table.locator('tbody tr:not([hidden]):not([data-pinned])').count()
    assert.equal(shown, 0)
    await page.close()
    return
  }
  assert.fail('no page has a table with a filter')
})
