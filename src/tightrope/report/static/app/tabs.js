// The row of tabs over the views: one tab stop, arrows between.

import { clear, h } from './dom.js'

export function tabs(element, entries, app) {
  const made = entries.map(entry => h('button', {
    id: `tab-${entry.id}`, role: 'tab', type: 'button', 'aria-controls': `view-${entry.id}`, onclick: () => app.open(entry.id),
  }, entry.title))
  const mark = () => entries.forEach((entry, place) => show(made[place], entry.id === app.state.view))
  const list = h('div', { role: 'tablist', 'aria-label': 'Views', class: 'tabs' }, made)
  list.addEventListener('keydown', event => step(event, made))
  app.on('view', mark)
  clear(element, list)
  mark()
  hint(element, list)
}

function show(tab, here) {
  tab.setAttribute('aria-selected', String(here))
  tab.tabIndex = here ? 0 : -1
  const list = tab.parentElement
  if (!here || !list) return
  // Only sideways, and only if it must: the page itself stays where the reader has it.
  const seen = tab.offsetLeft >= list.scrollLeft && tab.offsetLeft + tab.offsetWidth <= list.scrollLeft + list.clientWidth
  if (!seen) list.scrollTo({ left: tab.offsetLeft - 60 })
}

/** Where more tabs lie than are seen, an arrow says so. */
function hint(element, list) {
  const tell = () => {
    element.classList.toggle('before', list.scrollLeft > 2)
    element.classList.toggle('after', list.scrollLeft + list.clientWidth < list.scrollWidth - 2)
  }
  list.addEventListener('scroll', tell, { passive: true })
  new ResizeObserver(tell).observe(list)
}

function step(event, made) {
  const at = made.indexOf(document.activeElement)
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  const tab = made.at(to % made.length)
  tab.focus()
  tab.click()
}
