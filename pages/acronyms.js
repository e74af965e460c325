// What an acronym stands for, in a small box: shown by hover, focus or tap. As WCAG 1.4.13 asks,
// the pointer may go onto the box, the box stays until it is left, and Escape closes it.

const ACRONYM = "a[data-acronym]"
const OURS = ["data-acronym", "role", "tabindex", "aria-description", "aria-describedby"]
const LEAVING_MS = 150
const GAP = 6

const meaning = document.createElement("span")
meaning.id = "acronym-meaning"
meaning.className = "acronym-meaning"
meaning.setAttribute("role", "tooltip")
meaning.popover = "manual"
let explained = null
let leaving = 0

// Only attributes change: the text is React's. Without an address nothing can be followed, and
// without a title the browser shows no second box.
function dressAcronyms(root) {
  for (const link of root.querySelectorAll(`${ACRONYM}[href]`)) {
    // React gave the element to another link.
    for (const name of OURS) link.removeAttribute(name)
  }
  for (const link of root.querySelectorAll('a[href^="#sigle-"]')) {
    link.dataset.acronym = ""
    link.tabIndex = 0
    link.setAttribute("role", "button")
    link.setAttribute("aria-description", link.title)
    for (const name of ["href", "title", "target", "rel"]) link.removeAttribute(name)
  }
}

function explain(link) {
  clearTimeout(leaving)
  if (explained === link) return
  hideMeaning()
  explained = link
  meaning.textContent = link.getAttribute("aria-description")
  // A dialog hides from screen readers all that stands outside it.
  const place = link.closest('[role="dialog"]') ?? document.body
  place.append(meaning)
  link.setAttribute("aria-describedby", meaning.id)
  meaning.showPopover()
  placeMeaning()
}

function hideMeaning() {
  clearTimeout(leaving)
  explained?.removeAttribute("aria-describedby")
  explained = null
  meaning.remove()
}

function placeMeaning() {
  if (!explained) return
  if (!explained.isConnected) {
    hideMeaning()
    return
  }
  const at = explained.getBoundingClientRect()
  const right = document.documentElement.clientWidth - meaning.offsetWidth - GAP
  const above = at.top - meaning.offsetHeight - GAP
  meaning.style.left = `${Math.max(GAP, Math.min(at.left, right))}px`
  meaning.style.top = `${above >= GAP ? above : at.bottom + GAP}px`
}

function acronymAt(node) {
  return node instanceof Element ? node.closest(ACRONYM) : null
}

function isShown(node) {
  return node instanceof Node && (explained?.contains(node) || meaning.contains(node))
}

function entered(event) {
  if (event.pointerType !== "mouse") return
  const link = acronymAt(event.target)
  if (link) explain(link)
  else if (isShown(event.target)) clearTimeout(leaving)
}

function left(event) {
  if (event.pointerType !== "mouse" || !isShown(event.target)) return
  if (isShown(event.relatedTarget) || document.activeElement === explained) return
  clearTimeout(leaving)
  leaving = setTimeout(hideMeaning, LEAVING_MS)
}

function focused(event) {
  const link = acronymAt(event.target)
  if (link) explain(link)
}

function unfocused(event) {
  if (event.target === explained && !meaning.matches(":hover")) hideMeaning()
}

function pressed(event) {
  if (explained && !isShown(event.target)) hideMeaning()
}

function typed(event) {
  const link = acronymAt(event.target)
  if (event.key === "Escape" && explained) {
    // The panel around the acronym stays open.
    event.preventDefault()
    event.stopImmediatePropagation()
    hideMeaning()
  } else if (link && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault()
    explain(link)
  }
}

function listenForAcronyms() {
  document.addEventListener("pointerover", entered)
  document.addEventListener("pointerout", left)
  document.addEventListener("pointerdown", pressed, true)
  document.addEventListener("focusin", focused)
  document.addEventListener("focusout", unfocused)
  document.addEventListener("click", focused)
  document.addEventListener("keydown", typed, true)
  document.addEventListener("scroll", placeMeaning, { capture: true, passive: true })
  window.addEventListener("resize", placeMeaning)
}
