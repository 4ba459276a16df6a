// Sorting and filtering of tables for those who have JavaScript; everything works without it.
'use strict'

/** The value by which a cell is sorted: its number where it has one, else its text. */
function sortValue (row, column) {
  const cell = row.cells[column]
  if (!cell) return ''
  return cell.dataset.sort === undefined ? cell.textContent.trim().toLowerCase() : Number(cell.dataset.sort)
}

/** Numbers before texts, so that marks such as [c] come last either way. */
function compare (a, b, way) {
  if (typeof a === typeof b) return a < b ? -way : a > b ? way : 0
  return typeof a === 'number' ? -1 : 1
}

/** Sorts the rows that are not pinned; the heading says which way. */
function sortTable (table, column, header) {
  const way = header.getAttribute('aria-sort') === 'ascending' ? -1 : 1
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort')
  header.setAttribute('aria-sort', way === 1 ? 'ascending' : 'descending')
  const body = table.tBodies[0]
  const rows = Array.from(body.rows).filter((row) => !row.dataset.pinned)
  rows.sort((a, b) => compare(sortValue(a, column), sortValue(b, column), way))
  body.append(...rows)
}

/** Turns the headings into buttons. */
function makeSortable (table) {
  Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = header.textContent
    button.addEventListener('click', () => sortTable(table, column, header))
    header.replaceChildren(button)
  })
}

/** Adds a field that hides rows without the words typed. */
function makeFilterable (table) {
  if (table.tBodies[0].rows.length < 12) return
  const field = document.createElement('div')
  const label = document.createElement('label')
  const input = document.createElement('input')
  const status = document.createElement('p')
  field.className = 'app-filter'
  input.type = 'search'
  input.id = `${table.id}-filter`
  label.htmlFor = input.id
  label.textContent = 'Show only rows with'
  status.setAttribute('role', 'status')
  status.className = 'nhsuk-u-visually-hidden'
  input.addEventListener('input', () => {
    const words = input.value.trim().toLowerCase()
    let shown = 0
    for (const row of table.tBodies[0].rows) {
      row.hidden = !row.dataset.pinned && !row.textContent.toLowerCase().includes(words)
      if (!row.hidden) shown += 1
    }
    status.textContent = `${shown} rows shown`
  })
  field.append(label, input, status)
  table.closest('.app-table').before(field)
}

for (const table of document.querySelectorAll('table[data-sortable]')) {
  makeSortable(table)
  makeFilterable(table)
}

// A page that waits for an outlook looks again by itself, and says how much is left.
const working = document.querySelector('[data-working]')
if (working) {
  const { done, of } = working.dataset
  const key = `outlook ${location.href}`
  const now = Date.now()
  const began = JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? { now, done: Number(done) }
  sessionStorage.setItem(key, JSON.stringify(began))
  const drawn = Number(done) - began.done
  const left = (now - began.now) / drawn * (Number(of) - Number(done)) / 1000
  const words = working.querySelector('[data-left]')
  if (drawn > 0 && words) words.textContent = left < 2 ? 'It is nearly done.' : `About ${Math.ceil(left)} seconds are left.`
  setTimeout(() => location.reload(), 2000)
}
