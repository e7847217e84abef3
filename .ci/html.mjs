// Looks at web pages as readers do: in Chromium, at three widths, by day, by night and in forced
// colours, without scripts. Each page must pass axe-core, hold nothing that scrolls sideways but its
// labelled regions, and load nothing. Usage: node html.mjs PAGE… (from a folder with axe-core and
// playwright-core in node_modules).
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const require = createRequire(pathToFileURL(process.cwd() + "/"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const looks = [
  { colorScheme: "light", forcedColors: "none" },
  { colorScheme: "dark", forcedColors: "none" },
  { colorScheme: "light", forcedColors: "active" },
];
const quick = process.env.HTML_QUICK === "1";

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
let faults = 0;
let looked = 0;
const tell = (page, look, message) => {
  faults += 1;
  console.log(`${page} [${look}] ${message}`);
};

for (const path of process.argv.slice(2)) {
  const url = pathToFileURL(resolve(path)).href;
  for (const look of quick ? looks.slice(0, 1) : looks) {
    // Scripts of the page are off; what is evaluated from here still runs, past its policy.
    const context = await browser.newContext({ ...look, bypassCSP: true, javaScriptEnabled: true });
    await context.route("**/*", (route) => {
      const request = route.request();
      if (request.isNavigationRequest() || request.url().startsWith("data:")) return route.continue();
      tell(path, "load", `asks for ${request.url()}`);
      return route.abort();
    });
    const page = await context.newPage();
    await page.goto(url);
    for (const width of [320, 768, 1280]) {
      const name = `${width} ${look.colorScheme} ${look.forcedColors}`;
      await page.setViewportSize({ width, height: 900 });
      looked += 1;
      const beyond = await page.evaluate(() => {
        const wide = document.documentElement.scrollWidth - innerWidth;
        if (wide <= 0) return [];
        const inside = (e) => e.closest(".scroll, [popover], .vh, .skip");
        return [...document.querySelectorAll("body *")]
          .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !inside(e))
          .slice(0, 3)
          .map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`)
          .concat(`by ${wide} px`);
      });
      if (beyond.length) tell(path, name, `scrolls sideways: ${beyond.join("; ")}`);
      if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
      const found = await page.evaluate(
        (tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }),
        tags,
      );
      for (const fault of found.violations) {
        const [node] = fault.nodes;
        tell(path, name, `axe ${fault.id} (${fault.nodes.length}): ${node.html.slice(0, 160)} | ${node.failureSummary.replaceAll("\n", " ").slice(0, 240)}`);
      }
    }
    await context.close();
  }

  // The keyboard reaches every link, control and region that moves.
  const keys = await browser.newContext({ viewport: { width: 768, height: 900 } });
  const typed = await keys.newPage();
  await typed.goto(url);
  const focusable = "a[href], button, summary, input, [tabindex='0']";
  const wanted = await typed.evaluate((focusable) => {
    window.reached = new Set();
    document.addEventListener("focusin", (event) => window.reached.add(event.target));
    const seen = (e) => e.checkVisibility() && !e.closest("[popover]");
    return [...document.querySelectorAll(focusable)].filter(seen).length;
  }, focusable);
  for (let n = 0; n < wanted + 5; n += 1) await typed.keyboard.press("Tab");
  const missed = await typed.evaluate((focusable) => {
    const seen = (e) => e.checkVisibility() && !e.closest("[popover]") && !window.reached.has(e);
    return [...document.querySelectorAll(focusable)].filter(seen).map((e) => e.outerHTML.slice(0, 120));
  }, focusable);
  if (missed.length) tell(path, "keyboard", `does not reach ${missed.length}: ${missed[0]}`);
  await keys.close();

  // A table that can be sorted is: up, down, and back as it was, each time with every row.
  const sorting = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const sorted = await sorting.newPage();
  await sorted.goto(url);
  const unsorted = await sorted.evaluate(() => {
    const wrong = [];
    for (const table of document.querySelectorAll("table.sorts")) {
      const rows = () => [...table.tBodies[0].rows].map((row) => row.textContent);
      const before = rows();
      for (const button of table.querySelectorAll("thead .sort")) {
        const head = button.closest("th");
        const said = [];
        for (let n = 0; n < 3; n += 1) {
          button.click();
          said.push(head.getAttribute("aria-sort"));
          const kept = rows().sort().join("\n") === [...before].sort().join("\n");
          if (!kept) wrong.push(`${table.caption.textContent.trim().slice(0, 40)}: rows are lost`);
        }
        if (said.join() !== "ascending,descending,") wrong.push(`said ${said}`);
        if (rows().join() !== before.join()) wrong.push("the order does not come back");
      }
      if (!table.querySelector("thead .sort")) wrong.push("no button");
    }
    return wrong;
  });
  if (unsorted.length) tell(path, "sorting", unsorted.slice(0, 3).join("; "));

  // Nothing holds up the first words: no script or font is waited for.
  // A picture makes the browser paint, which it may put off when nobody looks.
  await sorted.screenshot({ clip: { x: 0, y: 0, width: 8, height: 8 } });
  const paint = await sorted.evaluate(async () => {
    const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    for (let n = 0; n < 50 && painted() === undefined; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return painted() ?? NaN;
  });
  const blocking = await sorted.evaluate(
    () => document.querySelectorAll("head script:not([type]), link[rel=stylesheet], link[rel=preload]").length,
  );
  if (blocking || !(paint < 3000)) tell(path, "first paint", `${paint} ms, ${blocking} things to wait for`);
  await sorting.close();

  // Markup that got in all the same can run nothing and fetch nothing: the policy holds.
  const policy = await browser.newContext();
  const attacked = await policy.newPage();
  const asked = [];
  attacked.on("request", (request) => request.isNavigationRequest() || asked.push(request.url()));
  const attack =
    "<script>window.ran=1</script><img src='https://example.org/x.png' onerror='window.ran=2'>" +
    "<iframe srcdoc='<script>parent.ran=3</script>'></iframe><style>body{background:url(https://example.org/y)}</style>";
  const markup = readFileSync(resolve(path), "utf8");
  await attacked.route("https://annexe.invalid/", (route) =>
    route.fulfill({ contentType: "text/html", body: markup.replace("</main>", () => `${attack}</main>`) }),
  );
  await attacked.goto("https://annexe.invalid/");
  const ran = await attacked.evaluate(() => window.ran);
  const fetched = asked.filter((url) => !url.startsWith("data:"));
  const blocked = fetched.length
    ? await attacked.evaluate(() => performance.getEntriesByType("resource").some((e) => e.responseStatus > 0))
    : false;
  if (ran !== undefined || blocked) tell(path, "policy", `ran ${ran}, fetched ${fetched.join(" ")}`);
  await policy.close();

  // Without scripts the words are there.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  const words = await page.locator("main").innerText();
  if (words.length < 60) tell(path, "no script", "main is empty");
  await context.close();
}
const browserVersion = browser.version().split(".")[0];
await browser.close();
if (!faults) {
  const day = new Date().toISOString().slice(0, 10);
  const version = require("axe-core/package.json").version;
  const where = quick ? "at three widths" : "at three widths, by day, by night and in forced colours";
  console.log(`
[[website.check]]
what = "WCAG 2.2, levels A and AA, and best practice, ${where}; reached by keyboard, nothing moves sideways, works without scripts"
with = "axe-core ${version} in Chromium ${browserVersion}"
on = ${day}
looked-at = ${process.argv.length - 2}
faults = 0
`);
}
console.log(`${looked} looks at ${process.argv.length - 2} pages, ${faults} faults`);
process.exit(faults ? 1 : 0);
