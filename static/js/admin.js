/* The choices of a record are those of its organization, which the server must be told. */
'use strict';

django.jQuery.ajaxPrefilter((options) => {
  const organization = document.getElementById('id_organization');
  if (organization && options.url.endsWith('/autocomplete/')) {
    options.data += `&organization=${encodeURIComponent(organization.value)}`;
  }
});
