// The line of what the levers change has two lines, so that nothing below it moves; the rest opens by a press, and closes again.

import { h } from './dom.js'

const NARROW = matchMedia('(max-width: 60rem)')
// After so many milliseconds without a change it is looked at whether something is cut.
const SOON = 120

export function strip(element, app) {
  const more = h('button', { type: 'button', id: 'answer-more', hidden: true, 'aria-controls': element.id, 'aria-expanded': 'false', onclick: () => turn(!open()) })
  element.after(more)
  const open = () => element.classList.contains('open')
  const turn = to => {
    element.classList.toggle('open', to)
    element.scrollTop = 0
    more.setAttribute('aria-expanded', String(to))
    look()
  }
  const look = () => {
    const cut = element.scrollHeight > element.clientHeight + 3
    more.hidden = element.classList.contains('still') || !(open() || cut)
    more.textContent = open() ? 'Less' : 'More'
  }
  // To ask how high something is costs as much as to draw a chart, so it waits until the charts are there.
  let later = null
  const lookSoon = () => {
    clearTimeout(later)
    later = setTimeout(look, SOON)
  }
  new MutationObserver(lookSoon).observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] })
  new ResizeObserver(lookSoon).observe(element)
  element.addEventListener('click', event => { if (NARROW.matches && !event.target.closest('button, a, summary')) turn(!open() && !more.hidden) })
  // What is focused behind the cut is shown.
  element.addEventListener('focusin', event => { if (!more.hidden && !open() && event.target.matches(':focus-visible')) turn(true) })
  for (const each of [element, more]) each.addEventListener('keydown', event => { if (event.key === 'Escape' && open()) turn(false) })
  app.on('opened', () => turn(false))
}
