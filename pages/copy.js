// A button that puts a text on the clipboard, and says so.

function copyByHand(text) {
  // The clipboard's own interface is refused outside https and localhost.
  const area = document.createElement("textarea")
  area.value = text
  area.style.position = "fixed"
  area.style.opacity = "0"
  document.body.append(area)
  area.select()
  const copied = document.execCommand("copy")
  area.remove()
  return copied
}

export default function (component) {
  const { data, parentElement } = component
  const button = parentElement.querySelector("button")
  const said = parentElement.querySelector("[role=status]")
  button.textContent = data.label
  button.onclick = async () => {
    let copied = false
    try {
      await navigator.clipboard.writeText(data.text)
      copied = true
    } catch {
      copied = copyByHand(data.text)
    }
    button.focus()
    said.textContent = copied ? data.done : data.refused
    setTimeout(() => { said.textContent = "" }, 4000)
  }
}
