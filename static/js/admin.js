/* What Django's choice of a neighbor lacks: its organization, and names for people who cannot see it. */
'use strict';
{
  const $ = django.jQuery;

  $.ajaxPrefilter((options) => {
    const organization = document.getElementById('id_organization');
    if (organization && options.url.endsWith('/autocomplete/')) {
      options.data += `&organization=${encodeURIComponent(organization.value)}`;
    }
  });

  const labelOf = (select) => select.labels[0]?.textContent.trim().replace(/:$/, '') ?? select.name;

  const combobox = (select) => select.parentElement.querySelector('[role="combobox"]');

  const nameComboboxes = () => {
    for (const select of document.querySelectorAll('select.admin-autocomplete')) {
      for (const element of [combobox(select), combobox(select).querySelector('[role="textbox"]')]) {
        element?.removeAttribute('aria-labelledby');
        element?.setAttribute('aria-label', `${labelOf(select)}: ${select.selectedOptions[0]?.text ?? ''}`);
      }
    }
  };

  $(() => $(nameComboboxes)); // after Django has made them
  $(document).on('select2:select select2:clear', nameComboboxes);

  $(document).on('select2:open', ({ target }) => {
    combobox(target).setAttribute('aria-controls', `select2-${target.id}-results`);
    document.querySelector('.select2-container--open .select2-search__field').setAttribute('aria-label', labelOf(target));
  });
}
