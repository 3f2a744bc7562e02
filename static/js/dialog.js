// Opens the dialog named by data-dialog instead of following the link.

export function mount(link) {
  const dialog = document.getElementById(link.dataset.dialog);
  if (!dialog) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
