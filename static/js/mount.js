// Finds each data-module inside a root and hands it to the file of that name. data-mounted says when.

export async function mountAll(root) {
  const elements = [...root.querySelectorAll("[data-module]")];
  if (root.matches?.("[data-module]")) elements.unshift(root);
  await Promise.all(elements.map(mountOne));
}

async function mountOne(element) {
  if (element.dataset.mounted) return;
  element.dataset.mounted = "soon";
  for (const name of element.dataset.module.split(" ")) {
    const { mount } = await import(`./${name}.js`);
    mount(element);
  }
  element.dataset.mounted = "yes";
}
