// What can be taken away: everything in a zip, the Python that makes the numbers again, and a report to print.

import { clear, failed, h, note } from '../dom.js'
import { button } from './library-parts.js'

export function away(app) {
  const said = h('div', { 'aria-live': 'polite' })
  const grounds = h('input', { type: 'checkbox' })
  const wait = text => clear(said, note(`${text} …`))
  const asked = () => ({ ask: app.ask(), pins: app.state.pins.map(({ letter, name, base, levers }) => ({ name: `${letter} ${name}`.slice(0, 80), base, levers })) })
  const doing = (text, work) => async () => {
    wait(text)
    try { clear(said, await work()) } catch (error) { clear(said, failed(error)) }
  }
  const zip = doing('Packing tables, pictures and scenarios', async () => {
    const data = await app.post('/api/export', asked())
    app.saveFile(`tightrope-${app.state.case}-seed${app.state.seed}.zip`, 'application/zip', data)
    return h('p', { class: 'notice', role: 'status' }, `The zip is downloaded: outcomes, bands, judgements and differences as CSV, ${app.state.pins.length ? 'the pins too, ' : ''}pictures as SVG, scenarios as YAML, a README, BibTeX and Python.`)
  })
  const python = doing('Writing the Python', async () => code((await app.post('/api/python', app.ask())).code, app))
  const report = doing('Making the report', async () => {
    const told = await app.post('/api/report', { ...asked(), grounds: grounds.checked })
    return h('p', { class: 'notice', role: 'status' }, `The report of ${told.runs} runs is ready. `,
      h('a', { href: told.address, target: '_blank', rel: 'noopener' }, 'Open it in a new tab'), ' to read or print it, or ',
      h('a', { href: told.address, download: told.name }, 'download it'), ' as one file.')
  })
  return h('section', { class: 'library-part', 'aria-labelledby': 'library-away' },
    h('h3', { id: 'library-away' }, 'Take away'),
    note('Of what is on the page now: the case, the levers as they stand, and the pins.'),
    h('div', { class: 'row' }, button('Export everything as zip', zip), button('Copy as Python', python), button('Printable report', report)),
    h('label', { class: 'tick' }, grounds, h('span', null, 'In the report, measure what carries each judgement', h('small', null, 'Each claim left out in turn, 500 runs each: up to a minute or two'))),
    said)
}

/** The code to be seen before it is copied, and a button that says whether it was. */
function code(text, app) {
  const copied = h('span', { class: 'note', role: 'status' })
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      copied.textContent = 'Copied.'
    } catch {
      const range = document.createRange()
      range.selectNodeContents(pre)
      getSelection().removeAllRanges()
      getSelection().addRange(range)
      copied.textContent = 'The browser does not let it be copied; it is selected: press Ctrl+C.'
    }
  }
  const pre = h('pre', { tabindex: '0', 'aria-label': 'Python that makes the numbers again' }, text)
  return h('div', { class: 'code' }, h('div', { class: 'row' }, button('Copy', copy),
    button('Download', () => app.saveFile('reproduce.py', 'text/x-python', text)), copied), pre,
  note('Run where this version of Tightrope is installed, it gives the numbers on this page, to the last digit.'))
}
