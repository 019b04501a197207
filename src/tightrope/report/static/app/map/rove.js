// One tab stop for many things in a picture: arrows go from one to the next, Enter chooses.

/** `things()` gives elements in order. Returns a function that must be called whenever they were drawn anew. */
export function roving(group, things, { keys = {} } = {}) {
  let current = null
  const stop = element => {
    for (const each of things()) each.setAttribute('tabindex', each === element ? '0' : '-1')
    current = element?.dataset.key ?? null
  }
  group.addEventListener('focusin', event => {
    const found = event.target.closest('[data-key]')
    if (found && found.dataset.key !== current) stop(found)
  })
  group.addEventListener('keydown', event => {
    const found = event.target.closest('[data-key]')
    if (!found || event.ctrlKey || event.metaKey || event.altKey) return
    const list = things()
    const at = list.indexOf(found)
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 }[event.key]
    if (to !== undefined && !event.shiftKey) {
      const next = list[(to + list.length) % list.length]
      stop(next)
      next.focus({ preventScroll: true })
    } else if (event.key === 'Enter' || event.key === ' ') {
      found.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    } else if (keys[event.key]) {
      keys[event.key](event)
    } else return
    event.preventDefault()
  })
  return () => {
    const list = things()
    stop(list.find(each => each.dataset.key === current) ?? list[0])
  }
}

/** A small box beside the pointer or the thing in focus. */
export class Tip {
  constructor(stage, element) { Object.assign(this, { stage, element }) }

  show(x, y, ...content) {
    const { element, stage } = this
    element.replaceChildren(...content)
    element.hidden = false
    const [wide, high] = [element.offsetWidth, element.offsetHeight]
    element.style.left = `${Math.max(4, Math.min(x + 12, stage.clientWidth - wide - 4))}px`
    element.style.top = `${y + 16 + high > stage.clientHeight ? Math.max(4, y - high - 10) : y + 16}px`
  }

  hide() { this.element.hidden = true }
}
