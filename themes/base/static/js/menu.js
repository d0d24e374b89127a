// Menus (`details data-menu`) close by Escape, by a click beside them, and when another one opens.
const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    // The areas are no child of their menu; they follow it.
    const partner = menu.classList.contains("menu") && event.target.closest(".areas");
    if (!menu.contains(event.target) && !partner) menu.open = false;
  }
});
