// Every page of the site at BASE_URL: no console error, no accessibility violation, readable without JavaScript,
// no sideways scrolling on a telephone. Pictures of all pages go to SHOTS, if it is set.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { base, fileName, launch, pages } from './crawl.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.SHOTS
let browser
let found

before(async () => {
  browser = await launch()
  found = await pages(browser)
  if (shots) mkdirSync(shots, { recursive: true })
})

after(async () => { await browser?.close() })

/** Opens every page in a window of a width, three at a time, and collects what `look` finds wrong. */
async function everyPage (options, look) {
  const context = await browser.newContext(options)
  const wrong = []
  const left = found.map(({ address }) => address)
  const visit = async () => {
    for (let address = left.shift(); address; address = left.shift()) {
      const page = await context.newPage()
      const errors = []
      page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()) })
      page.on('pageerror', (error) => errors.push(String(error)))
      await page.goto(address, { waitUntil: 'load' })
      for (const finding of await look(page, address, errors)) wrong.push(`${address}: ${finding}`)
      await page.close()
    }
  }
  await Promise.all([visit(), visit(), visit()])
  await context.close()
  return wrong.sort()
}

test('the site has pages and none of them fails', () => {
  assert.ok(found.length >= 10, `only ${found.length} pages were reached from ${base}`)
  const failed = found.filter(({ status }) => status !== 200)
  assert.deepEqual(failed, [])
  console.log(`visited ${found.length} pages`)
})

test('no page has a console error, a request to another host or an accessibility violation', async () => {
  const wrong = await everyPage({ viewport: { width: 1280, height: 900 }, bypassCSP: true }, async (page, address, errors) => {
    const findings = [...errors]
    const hosts = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin))
    findings.push(...hosts.filter((host) => host !== new URL(base).origin))
    await page.evaluate(axe)
    const result = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
    for (const violation of result.violations) {
      findings.push(`${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
    }
    if (shots) await page.screenshot({ path: join(shots, `${fileName(address)}-1280.png`), fullPage: true })
    return findings
  })
  assert.deepEqual(wrong, [])
})

test('every page obeys its own security policy', async () => {
  const wrong = await everyPage({ viewport: { width: 1280, height: 900 } }, async (page, address, errors) => errors)
  assert.deepEqual(wrong, [])
})

test('every page can be read without JavaScript', async () => {
  const wrong = await everyPage({ javaScriptEnabled: false }, async (page) => {
    const headings = await page.locator('h1').count()
    const words = (await page.locator('main').innerText()).length
    const findings = []
    if (headings !== 1) findings.push(`${headings} main headings`)
    if (words < 80) findings.push(`only ${words} characters of text`)
    return findings
  })
  assert.deepEqual(wrong, [])
})

test('no page scrolls sideways on a telephone', async () => {
  const wrong = await everyPage({ viewport: { width: 360, height: 740 } }, async (page, address) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (shots) await page.screenshot({ path: join(shots, `${fileName(address)}-360.png`), fullPage: true })
    return width > 360 ? [`${width} pixels wide`] : []
  })
  assert.deepEqual(wrong, [])
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
