/** Where each system wants the three values: only what is known of it for sure. */

import type { Language } from '@kit/locale';

const ru = {
  title: 'Куда вписать',
  systems: {
    moodle: {
      title: 'Moodle, плагин logstore_xapi',
      steps: [
        'Откройте настройки плагина: адрес вашего Moodle и /admin/settings.php?section=logsettingxapi.',
        '«Your LRS endpoint for the xAPI» — адрес, «Your LRS basic auth key/username for the xAPI» — ключ, «Your LRS basic auth secret/password for the xAPI» — секрет.',
        '«Identify users by email» и «Identify users by username» оставьте выключенными: готовые правила узнают человека по его номеру в Moodle.',
        'Сохраните. Если включено «Send statements by scheduled task?», стейтменты уходят по cron Moodle, не сразу.',
      ],
    },
    h5p: {
      title: 'H5P на сайте WordPress, плагин wp-h5p-xapi',
      steps: [
        'Сам H5P в хранилище не пишет: пишет плагин платформы. Откройте «H5P xAPI Settings».',
        '«xAPI Endpoint URL» — адрес, «xAPI Username» — ключ, «xAPI Password» — секрет.',
        'В другом плагине найдите те же три значения: endpoint, username (key), password (secret).',
        'Если плагин шлёт из браузера, а не с сервера сайта, впишите адрес сайта в «Страницы, которые шлют из браузера».',
      ],
    },
    packages: {
      title: 'Пакет курса: Tin Can (xAPI)',
      steps: [
        'Ссылка, по которой открывают пакет, получает параметры: endpoint — адрес, auth — значение «Целиком», actor — кто учится (JSON).',
        'Пакет шлёт из браузера: впишите адрес его страниц в «Страницы, которые шлют из браузера», иначе браузер не даст отправить.',
        'Ключ и секрет в такой ссылке видит каждый, кто открыл курс: для пакетов заведите отдельный источник.',
      ],
    },
  },
  secretOfAuth: 'Значение «Целиком» видно, пока показан секрет.',
};
export type GuideTexts = typeof ru;

const en: GuideTexts = {
  title: 'Where they go',
  systems: {
    moodle: {
      title: 'Moodle, the plugin logstore_xapi',
      steps: [
        'Open the plugin’s settings: your Moodle’s address and /admin/settings.php?section=logsettingxapi.',
        '“Your LRS endpoint for the xAPI” is the address, “Your LRS basic auth key/username for the xAPI” the key, “Your LRS basic auth secret/password for the xAPI” the secret.',
        'Leave “Identify users by email” and “Identify users by username” off: the ready-made rules know a person by the number in Moodle.',
        'Save. With “Send statements by scheduled task?” on, statements go by Moodle’s cron, not at once.',
      ],
    },
    h5p: {
      title: 'H5P on a WordPress site, the plugin wp-h5p-xapi',
      steps: [
        'H5P itself writes to no store: a plugin of the platform does. Open “H5P xAPI Settings”.',
        '“xAPI Endpoint URL” is the address, “xAPI Username” the key, “xAPI Password” the secret.',
        'In another plugin look for the same three: endpoint, username (key), password (secret).',
        'If the plugin sends from the browser and not from the site’s server, put the site’s address into “Pages that send from a browser”.',
      ],
    },
    packages: {
      title: 'A course package: Tin Can (xAPI)',
      steps: [
        'The link that opens the package gets parameters: endpoint is the address, auth the value “In one”, actor who learns (JSON).',
        'A package sends from the browser: put the address of its pages into “Pages that send from a browser”, or the browser won’t let it send.',
        'Whoever opens the course sees key and secret in such a link: make a source of its own for packages.',
      ],
    },
  },
  secretOfAuth: 'The value “In one” is there as long as the secret is shown.',
};

export const guideTexts: Record<Language, GuideTexts> = { ru, en };
