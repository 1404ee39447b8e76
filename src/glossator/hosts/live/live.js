// Shows a page anew when an edit has changed it. Only a window that is seen listens: browsers open
// few connections to one server, and many windows would use them up.
(() => {
  const script = document.currentScript
  let tag = script.dataset.tag
  let place = location.pathname
  let news = null

  const listen = () => {
    news?.close()
    news = null
    if (document.visibilityState !== "visible") return
    const asked = new URLSearchParams({ page: place, tag })
    news = new EventSource(`/-glossator/events?${asked}`)
    news.addEventListener("page", () => location.reload())
    news.addEventListener("files", (event) => showFiles(JSON.parse(event.data)))
    news.addEventListener("trouble", (event) => showTrouble(JSON.parse(event.data)))
  }

  // Files that this page has loaded, be it by a style sheet of it.
  const showFiles = (paths) => {
    const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname)
    if (paths.some((path) => loaded.includes(encodeURI(path)))) location.reload()
  }

  const showTrouble = (words) => {
    document.getElementById("gl-trouble")?.remove()
    if (!words) return
    const banner = document.createElement("div")
    banner.id = "gl-trouble"
    banner.lang = "en"
    banner.dir = "ltr"
    banner.setAttribute("role", "status")
    banner.textContent = words
    banner.style.cssText =
      "position:fixed;inset:auto 0 0;z-index:9;max-height:40vh;overflow:auto;padding:.6rem 1rem;" +
      "font:.75rem/1.5 monospace;white-space:pre-wrap;background:#7a1f1f;color:#fff"
    document.body.append(banner)
  }

  // The theme may change pages within a window; then the tag of the new one is asked for.
  const follow = async () => {
    if (location.pathname === place) return
    place = location.pathname
    const answer = await fetch(place, { method: "HEAD", cache: "no-store" })
    tag = (answer.headers.get("ETag") ?? "").replaceAll('"', "")
    listen()
  }

  window.document$?.subscribe(follow)
  document.addEventListener("visibilitychange", listen)
  addEventListener("pagehide", () => news?.close())
  addEventListener("pageshow", (event) => event.persisted && listen())
  listen()
})()
