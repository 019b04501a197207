// The line above and the line below: which case, known until when; what the numbers are, always in sight.

import { get } from './api.js'
import { clear, h, heightOf } from './dom.js'
import { address } from './store.js'

const THEMES = ['system', 'light', 'dark']
const dark = matchMedia('(prefers-color-scheme: dark)')
const CAVEAT = 'Conditional scenario. Frequencies describe the model; they describe the world only where a score is shown.'

export function header(element, app) {
  const popovers = [sources(app), runs(app)]
  const setup = h('div', { class: 'setup', id: 'setup' }, cases(app), day(app), popovers)
  clear(element, h('div', { class: 'top' },
    h('a', { class: 'brand', href: '/' }, mark(), 'Tightrope'),
    drawer(app),
    unfold(setup),
    setup,
    h('div', { class: 'acts' }, history(app), share(app), glossary(app), theme(app))))
  closeElsewhere(popovers)
  // What sticks below the line above must know how tall that is; it wraps on narrow screens.
  heightOf(element, '--head')
}

const button = (text, onclick, more = {}) => h('button', { type: 'button', onclick, ...more }, text)
const mark = () => h('span', { class: 'rope', 'aria-hidden': 'true' })

/** On narrow screens: the levers, which come between this line and the results. */
function drawer(app) {
  const flip = () => {
    const open = document.body.classList.toggle('drawer')
    made.setAttribute('aria-expanded', String(open))
    if (open) document.getElementById('levers').querySelector('select, input, button')?.focus()
    else made.focus()
  }
  const made = button('Levers', flip, { class: 'narrow', 'aria-expanded': 'false', 'aria-controls': 'levers' })
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && document.body.classList.contains('drawer')) flip()
  })
  // Whoever opens a view wants to see it.
  app.on('opened', () => {
    document.body.classList.remove('drawer')
    made.setAttribute('aria-expanded', 'false')
  })
  return made
}

/** On narrow screens: case, day and sources, which are changed once in a while only. */
function unfold(setup) {
  return button('Case', event => {
    event.target.setAttribute('aria-expanded', String(setup.classList.toggle('open')))
  }, { class: 'narrow', 'aria-expanded': 'false', 'aria-controls': 'setup' })
}

function cases(app) {
  const select = h('select', { id: 'case', onchange: event => start(app, event.target.value) })
  app.on('situation', async () => {
    const { name, title } = app.situation.case
    let known = [{ name, title }]
    try { known = (await get('/api/cases')).cases } catch { /* the one that is open will do */ }
    clear(select, known.map(one => h('option', { value: one.name, title: one.title }, one.name)))
    select.value = app.state.case
    select.title = title
  })
  return h('label', { class: 'field' }, h('span', null, 'Case'), select)
}

/** Another case starts from its own baseline. */
const start = (app, name) => app.set({
  case: name, base: null, levers: {}, pins: [], asOf: null, without: [], months: null, selection: null, month: null,
})

function day(app) {
  const input = h('input', { type: 'date', id: 'as-of', min: '1992-01-01', max: '2100-12-31', title: 'Nothing published after this day is known to the run', onchange: () => {
    if (input.value === '' || input.validity.valid) app.set({ asOf: input.value === app.situation?.case.usual_as_of ? null : input.value || null })
  } })
  const back = button('↺', () => app.set({ asOf: null }), { class: 'icon', hidden: true, 'aria-label': 'As of: back to the day of the case', title: 'Back to the day of the case' })
  app.on('situation', () => {
    input.value = app.situation.case.as_of
    input.classList.toggle('moved', app.state.asOf !== null)
    back.hidden = app.state.asOf === null
  })
  return h('span', { class: 'field' }, h('label', { for: 'as-of' }, 'As of'), input, back)
}

function sources(app) {
  const summary = h('summary', null, 'Sources')
  const sheet = h('div', { class: 'sheet' })
  app.on('situation', () => {
    summary.textContent = app.state.without.length ? `Without ${app.state.without.length}` : 'Sources'
    summary.classList.toggle('moved', app.state.without.length > 0)
    const held = document.activeElement?.dataset?.source
    clear(sheet, sourceList(app))
    if (held) sheet.querySelector(`[data-source="${CSS.escape(held)}"]`)?.focus()
  })
  return h('details', { class: 'popover', id: 'sources' }, summary, sheet)
}

function sourceList(app) {
  const { sources: every, dropped } = app.situation
  const toggle = (id, on) => app.set({ without: on ? app.state.without.filter(each => each !== id) : [...app.state.without, id].sort() })
  return [
    h('p', { class: 'note' }, 'Untick a source to see what rests on it alone.'),
    h('ul', { class: 'plain' }, every.filter(one => one.claims > 0 || one.left_out).map(one => h('li', null, h('label', { class: 'tick' },
      h('input', { type: 'checkbox', checked: !one.left_out, disabled: !one.known && !one.left_out, dataset: { source: one.id }, onchange: event => toggle(one.id, event.target.checked) }),
      h('span', { dir: 'auto' }, one.title, h('small', null, `${one.published} · ${one.claims} claim${one.claims === 1 ? '' : 's'}${one.known ? '' : ' · not known yet'}`)))))),
    h('p', { class: 'note' }, `${dropped.claims.toLocaleString('en')} claims, readings and citations are left out, by day and by source.`),
    app.state.without.length ? button('Take all sources again', () => app.set({ without: [] })) : null,
  ]
}

function runs(app) {
  const whole = (name, label, low, high, usual) => {
    const input = h('input', { type: 'number', min: low, max: high, step: 1, onchange: () => {
      const value = input.value === '' ? usual : Number(input.value)
      if (value === null || (Number.isInteger(value) && value >= low && value <= high)) app.set({ [name]: value })
      else input.reportValidity()
    } })
    app.on('state', state => { if (document.activeElement !== input) input.value = state[name] ?? app.situation?.case.months ?? '' })
    app.on('situation', () => { input.value = app.state[name] ?? app.situation.case.months })
    return h('label', { class: 'field' }, h('span', null, label), input)
  }
  return h('details', { class: 'popover', id: 'size' }, h('summary', null, 'Runs'), h('div', { class: 'sheet' },
    whole('runs', 'Runs', 20, 2000, 1000), whole('months', 'Months ahead', 1, 120, null), whole('seed', 'Seed', 0, 2 ** 32 - 1, 1),
    h('p', { class: 'note' }, 'The same case, levers, seed and runs give the same numbers again.')))
}

/** One closes where another opens, on Escape, and on a press elsewhere. */
function closeElsewhere(popovers) {
  for (const one of popovers) {
    one.addEventListener('toggle', () => { if (one.open) for (const other of popovers) if (other !== one) other.open = false })
    one.addEventListener('keydown', event => {
      if (event.key === 'Escape' && one.open) { one.open = false; one.querySelector('summary').focus() }
    })
  }
  document.addEventListener('click', event => {
    if (event.target.isConnected) for (const one of popovers) if (!one.contains(event.target)) one.open = false
  })
}

function history(app) {
  const back = button('↶', () => app.store.undo(), { class: 'icon', 'aria-label': 'Undo', title: 'Undo (Ctrl Z)', 'aria-keyshortcuts': 'Control+Z', disabled: true })
  const forth = button('↷', () => app.store.redo(), { class: 'icon', 'aria-label': 'Redo', title: 'Redo (Ctrl Shift Z)', 'aria-keyshortcuts': 'Control+Shift+Z', disabled: true })
  const reset = button('Reset', () => app.set({ base: null, levers: {} }), { 'aria-label': 'Reset all levers', title: 'All levers and the scenario back to the case as it is', disabled: true })
  app.on('state', () => {
    back.disabled = !app.store.canUndo
    forth.disabled = !app.store.canRedo
    reset.disabled = !app.moved()
  })
  return [back, forth, reset]
}

function share(app) {
  return button('Share', async () => {
    const link = `${location.origin}${location.pathname}#${address(app.state, app.situation?.case.digest)}`
    try {
      await navigator.clipboard.writeText(link)
      app.announce('The address is copied.')
      flash('Address copied')
    } catch { offer(link) }
  }, { title: 'Copy the address: it holds case, levers, pins and seed' })
}

function glossary(app) {
  return button([h('span', { class: 'long' }, 'Words'), h('span', { class: 'short' }, '?')], () => app.words(), { id: 'words-open', 'aria-label': 'Words: what they mean', title: 'What the words mean, and how to read the charts (?)', 'aria-keyshortcuts': '?', 'aria-haspopup': 'dialog' })
}

function flash(text) {
  const said = h('div', { class: 'flash', 'aria-hidden': 'true' }, text)
  document.body.append(said)
  setTimeout(() => said.remove(), 1800)
}

/** Where the browser does not let a page copy, the reader does it. */
function offer(link) {
  const field = h('input', { type: 'text', readonly: true, value: link, class: 'wide', 'aria-label': 'The address of this page as it stands' })
  const close = button('Close', () => clear(document.getElementById('banner')))
  clear(document.getElementById('banner'), h('div', { class: 'notice' }, h('p', null, 'Copy this address: it holds case, levers, pins and seed.'), field, ' ', close))
  field.select()
  field.focus()
}

/** The first press changes what is seen: from the system's theme to the other one, then on, and back. */
function next(now) {
  const order = dark.matches ? ['system', 'light', 'dark'] : ['system', 'dark', 'light']
  return order[(order.indexOf(now) + 1) % order.length]
}

function theme(app) {
  let now = 'system'
  try { now = localStorage.getItem('theme') ?? 'system' } catch { /* kept for this page only */ }
  const made = button('◐', () => put(next(now), true), { id: 'theme', class: 'icon' })
  const put = (name, told) => {
    now = THEMES.includes(name) ? name : 'system'
    if (now === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = now
    made.textContent = { system: '◐', light: '☀', dark: '☾' }[now]
    made.title = `Theme: ${now}`
    made.setAttribute('aria-label', `Theme: ${now}`)
    try { localStorage.setItem('theme', now) } catch { /* kept for this page only */ }
    app.set({ theme: now }, { undo: false })
    if (told) app.announce(`Theme: ${now}`)
  }
  put(now, false)
  dark.addEventListener('change', () => { if (now === 'system') app.store.tell('theme', now) })
  return made
}

export function footer(element, app) {
  heightOf(element, '--foot')
  const state = h('span', { class: 'state' }, app.status)
  const about = h('span', null)
  clear(element, h('div', { class: 'foot' }, h('strong', null, CAVEAT), h('span', { class: 'facts' }, about, state)))
  const tell = () => {
    const { frame, situation } = app
    const count = `${(frame?.header.runs ?? app.state.runs).toLocaleString('en')} runs`
    const engine = situation ? [` · ${situation.engine}`, h('span', { class: 'wordy' }, ' model')] : []
    clear(about, `${count} · seed ${app.state.seed}`, engine, ' · no score yet')
    state.textContent = app.status
    state.dataset.state = app.status.split(' ')[0]
  }
  for (const name of ['frame', 'status', 'situation', 'state']) app.on(name, tell)
}
