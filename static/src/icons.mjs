// Makes static/icons.svg: the few Lucide icons used, each under the name the templates know.
import { readFileSync, writeFileSync } from "node:fs";

const icons = {
  award: "award",
  back: "arrow-left",
  book: "book-open",
  check: "check",
  clock: "clock",
  cross: "x",
  doing: "disc",
  down: "arrow-down",
  download: "download",
  important: "circle-alert",
  info: "info",
  listen: "volume-2",
  lock: "lock",
  next: "arrow-right",
  office: "building-2",
  offline: "cloud-off",
  print: "printer",
  repeat: "rotate-cw",
  search: "search",
  tip: "lightbulb",
  todo: "circle",
  up: "arrow-up",
  upload: "upload",
  user: "user",
  users: "users",
  warning: "triangle-alert",
};

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(`node_modules/lucide-static/${path}`, root), "utf8");

const symbol = ([name, source]) => {
  const inside = read(`icons/${source}.svg`).match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
  return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s+/g, " ").replace(/> </g, "><").trim()}</symbol>`;
};

const licence = read("LICENSE").replace(/--/g, "- -").trim();
writeFileSync(
  new URL("static/icons.svg", root),
  `<svg xmlns="http://www.w3.org/2000/svg">\n${Object.entries(icons).map(symbol).join("\n")}\n<!--\nIcons from Lucide.\n\n${licence}\n-->\n</svg>\n`,
);
