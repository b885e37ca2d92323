// Improvements to pages that are complete without them. Nothing is stored: machines are shared.
(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // Time spent reading: the tab is in front and something was done in the last minute.
  function countActiveSeconds() {
    const inputs = all("[data-active-seconds]");
    if (!inputs.length) return;
    const longest = 4 * 60 * 60;
    let seconds = 0;
    let lastActivity = Date.now();
    for (const sign of ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"]) {
      addEventListener(sign, () => { lastActivity = Date.now(); }, { passive: true });
    }
    setInterval(() => {
      const active = !document.hidden && Date.now() - lastActivity < 60000;
      if (!active || seconds >= longest) return;
      seconds += 1;
      for (const input of inputs) input.value = seconds;
    }, 1000);
  }

  // A second press does nothing while the first is on its way. The button keeps its words and its
  // value; it comes back by itself, since an answer may be a file and leave the page where it is.
  function guardDoubleSubmits() {
    const release = (form) => {
      delete form.dataset.sent;
      for (const button of all("[aria-disabled]", form)) button.removeAttribute("aria-disabled");
    };
    addEventListener("submit", (event) => {
      const form = event.target;
      if (event.defaultPrevented || form.method !== "post") return;
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "yes";
      const button = event.submitter || form.querySelector("[type=submit]");
      if (button) button.setAttribute("aria-disabled", "true");
      setTimeout(release, 10000, form);
    });
    addEventListener("pageshow", () => all("form[data-sent]").forEach(release));
  }

  function letPasswordsBeShown() {
    for (const box of all("[data-password]")) {
      const input = box.querySelector("input");
      const button = document.createElement("button");
      const show = (visible) => {
        input.type = visible ? "text" : "password";
        button.textContent = visible ? box.dataset.hide : box.dataset.show;
        button.setAttribute("aria-label", visible ? box.dataset.hideLabel : box.dataset.showLabel);
      };
      button.type = "button";
      button.className = "button button-secondary";
      button.setAttribute("aria-controls", input.id);
      button.addEventListener("click", () => show(input.type === "password"));
      if (input.form) input.form.addEventListener("submit", () => show(false));
      show(false);
      box.append(button);
    }
  }

  // The next person at this machine must not find this page by going back.
  function forgetPrivatePages() {
    addEventListener("pageshow", (event) => {
      if (event.persisted && document.body.hasAttribute("data-private")) location.reload();
    });
  }

  function tickAllTogether() {
    for (const head of all("[data-check-all]")) {
      const boxes = all(`input[type=checkbox][name="${head.dataset.checkAll}"]`);
      const follow = () => {
        const ticked = boxes.filter((box) => box.checked).length;
        head.checked = ticked > 0 && ticked === boxes.length;
        head.indeterminate = ticked > 0 && ticked < boxes.length;
      };
      head.addEventListener("change", () => boxes.forEach((box) => { box.checked = head.checked; }));
      boxes.forEach((box) => box.addEventListener("change", follow));
      head.parentElement.hidden = false;
      follow();
    }
  }

  // Numbers chosen from lists become buttons that move a line up or down.
  function moveLinesInOrder() {
    for (const list of all("[data-order]")) {
      const place = (line) => Number(line.querySelector("select").value) || Infinity;
      const number = () => [...list.children].forEach((line, index) => {
        line.querySelector("select").value = index + 1;
      });
      const said = document.createElement("p");
      said.className = "hidden";
      said.setAttribute("role", "status");
      list.after(said);
      [...list.children].sort((a, b) => place(a) - place(b) || 0).forEach((line) => list.append(line));
      for (const line of list.children) addMoveButtons(list, line, number, said);
      list.classList.add("order-buttons");
      number();
    }
  }

  function addMoveButtons(list, line, number, said) {
    const text = line.querySelector("label").textContent.trim();
    line.querySelector("select").hidden = true;
    for (const [sign, words, step] of [["↑", list.dataset.up, -1], ["↓", list.dataset.down, 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-secondary";
      button.textContent = sign;
      button.setAttribute("aria-label", words.replace("{}", text));
      button.addEventListener("click", () => {
        const other = step < 0 ? line.previousElementSibling : line.nextElementSibling;
        if (!other) return;
        list.insertBefore(step < 0 ? line : other, step < 0 ? other : line);
        number();
        button.focus();
        said.textContent = list.dataset.moved.replace("{}", [...list.children].indexOf(line) + 1);
      });
      line.append(button);
    }
  }

  // Choosing with a finger or a mouse is enough; with the keyboard each arrow would send the form.
  function sendFiltersWhenChosen() {
    let pointed = false;
    addEventListener("pointerdown", () => { pointed = true; }, true);
    addEventListener("keydown", () => { pointed = false; }, true);
    for (const form of all("form[data-autosubmit]")) {
      form.addEventListener("change", (event) => {
        if (pointed && event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit();
      });
    }
  }

  function warnBeforeLosingText() {
    let sent = false;
    const changed = () => all("textarea").some((area) => area.value !== area.defaultValue);
    const warn = (event) => {
      if (sent || !changed()) return;
      event.preventDefault();
      event.returnValue = "";
    };
    addEventListener("submit", (event) => { sent = !event.defaultPrevented; });
    addEventListener("input", (event) => {
      if (event.target.matches("textarea")) addEventListener("beforeunload", warn);
    });
  }

  function leadToWhatIsWrong() {
    const summary = document.querySelector("[data-focus]");
    if (!summary) return;
    summary.focus();
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!target) return;
      event.preventDefault();
      (target.closest("fieldset, .field") || target).scrollIntoView();
      target.focus({ preventScroll: true });
    });
  }

  function offerPrinting() {
    for (const button of all("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => print());
    }
  }

  countActiveSeconds();
  guardDoubleSubmits();
  letPasswordsBeShown();
  forgetPrivatePages();
  tickAllTogether();
  moveLinesInOrder();
  sendFiltersWhenChosen();
  warnBeforeLosingText();
  leadToWhatIsWrong();
  offerPrinting();
})();
