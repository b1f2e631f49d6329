#include "plugin/api/RussianTexts.h"

#include "plugin/api/FieldTexts.h"

namespace plugin::api {

using host::sdk::AppError;

namespace {

const common::Phrasebook::Phrases kErrors{
    // Nights.
    {"Run {} of this organization waits for its turn already; wait until it has ended.",
     "Запуск {} этой организации уже ждёт своей очереди: дождитесь его конца."},
    {"There is no such run here.", "Такого запуска здесь нет."},
    {"The run can't be started as asked", "Запуск с такими параметрами не начать"},
    {"'{}' is no part of a night", "'{}' — не часть ночи"},
    {"only a dry run is narrowed by it", "этим сужают только пробный запуск"},
    {"The Idempotency-Key is longer than 200 characters; shorten it.",
     "Idempotency-Key длиннее 200 знаков: сократите его."},
    {"This Idempotency-Key started another run; use a new key for what is asked now.",
     "С этим Idempotency-Key начат другой запуск: возьмите новый ключ."},
    // Lists.
    {"The parameter '{}' is not an id; give the id as the API shows it.",
     "Параметр '{}' — не id: укажите id, как его показывает API."},
    {"The parameter '{}' is none of: {}.", "Параметр '{}' — не одно из: {}."},
    {"There is no such {} here.", "Такой записи ({}) здесь нет."},
    {"The text to search for is longer than 200 bytes; shorten it.", "Искомый текст слишком длинный: сократите его."},
    {"The text fits more than {} learners; write more of it.",
     "Под искомый текст подходит больше {} слушателей: уточните его."},
    {"The parameter 'q' has more than {} words; use fewer.", "В параметре 'q' больше {} слов: уберите лишние."},
    // Signing in at University 2035, matching.
    {"There is no such contour; there are: production, test.", "Такого контура нет; есть production и test."},
    {"Signing in at University 2035 is not set up for this contour; set client_id, secret key and redirect_uri first.",
     "Вход через Университет 20.35 для этого контура не настроен: сначала укажите client_id, секретный ключ и "
     "redirect_uri."},
    {"Signing in is not set up for this contour.", "Вход для этого контура не настроен."},
    {"The client was changed meanwhile; read it again, then repeat.",
     "Настройки тем временем изменили: прочтите их ещё раз и повторите."},
    {"The client is not valid", "В настройках ошибки"},
    {"is no address of a sign-in service", "не адрес сервиса авторизации"},
    {"Write it as in University 2035's letter, with https://.",
     "Запишите его как в письме Университета 20.35, с https://."},
    {"is the address of the other contour", "адрес другого контура"},
    {"Check the contour and the letter.", "Сверьте контур и письмо."},
    {"has other characters than latin letters, digits, '.', '-' and '_'",
     "содержит что-то кроме латиницы, цифр, точки, дефиса и подчёркивания"},
    {"Copy it from University 2035's letter.", "Скопируйте из письма Университета 20.35."},
    {"doesn't end with '{}', where this server waits", "не кончается на '{}', а ответа сервер ждёт там"},
    {"Register the callback's address with University 2035, to the character.",
     "Зарегистрируйте в Университете 20.35 адрес возврата знак в знак."},
    {"is empty, or has blanks around it or a line break", "пуст, или вокруг него пробелы, или в нём перевод строки"},
    {"Copy it from University 2035's letter, nothing more.", "Скопируйте из письма Университета 20.35 только его."},
    {"is the secret key of the other contour", "это секретный ключ другого контура"},
    {"Each contour has its own; look it up in that contour's letter.",
     "У каждого контура свой: возьмите из письма этого контура."},
    {"The links can't be made", "Ссылки не выдать"},
    {"is no contour", "не контур"},
    {"Give \"production\" or \"test\".", "Укажите \"production\" или \"test\"."},
    {"must name learners in exactly one way", "должно называть слушателей ровно одним способом"},
    {"Give one of 'learners', 'externalIds' and 'flow'.", "Укажите одно из 'learners', 'externalIds' и 'flow'."},
    {"is not an id", "не id"},
    {"Give the id as the API shows it.", "Укажите id, как его показывает API."},
    {"A flow of more than {} learners is too much at once; give learners' ids piece by piece.",
     "В потоке больше {} слушателей: укажите id слушателей по частям."},
    {"There is no such join here.", "Такого входа здесь нет."},
    {"Somebody decided on this join meanwhile; read it again.", "По этому входу уже решили: прочтите его ещё раз."},
    {"This join waits for nobody's decision any more.", "Этот вход уже не ждёт решения."},
    {"This join has written nothing that could be taken back.", "Этот вход ничего не записал: снимать нечего."},
    {"Another learner has this unti_id; take it from that one first, or dismiss this.",
     "Этот unti_id у другого слушателя: сначала снимите его там или отклоните этот вход."},
    {"The learner's record is deleted; dismiss this.", "Запись слушателя удалена: отклоните этот вход."},
    {"The learner's unti_id was changed meanwhile; look at both again and decide anew.",
     "unti_id слушателя тем временем изменили: посмотрите на оба ещё раз и решите заново."},
    {"Give \"accept\" or \"dismiss\".", "Укажите \"accept\" или \"dismiss\"."},
    {"There is no such link here.", "Такой ссылки здесь нет."},
    {"There were too many failed tries from this address; wait a few minutes.",
     "С этого адреса было слишком много неудачных попыток: подождите несколько минут."},
    {"There is no such link; check that all of it was copied.",
     "Такой ссылки нет: проверьте, что она скопирована целиком."},
    {"This link was withdrawn or replaced by a newer one; ask for a new one.",
     "Эта ссылка отозвана или заменена новой: попросите новую."},
    {"The link is too old; ask for a new one.", "Срок действия ссылки истёк: попросите новую."},
    {"This link doesn't allow to unlink; ask your school to do it.",
     "По этой ссылке отвязать нельзя: попросите об этом свою образовательную организацию."},
    {"What was joined is another now; look at it again.", "Связь тем временем изменилась: посмотрите ещё раз."},
    {"No suggestion stands alone on both sides; name those to be accepted in 'items'.",
     "Однозначных подсказок нет: назовите принимаемые в 'items'."},
    {"The acceptance is not valid", "Принять так не получится"},
    {"The rejection is not valid", "Отклонить так не получится"},
    {"is no learner", "не слушатель"},
    {"Give \"learner\".", "Укажите \"learner\"."},
    {"must say what to accept in one way", "должно говорить, что принять, одним способом"},
    {"Give 'filter' or 'items'.", "Укажите 'filter' или 'items'."},
    {"The filter gives {} suggestions that can be accepted at once now, and {} were expected; look at the list again "
     "and send the present number.",
     "Под отбор теперь подходит подсказок, которые можно принять сразу: {}, а ожидалось {}. Посмотрите список ещё раз "
     "и подтвердите новое число."},
    {"is missing: it guards against accepting others than were seen",
     "не указано: без этого можно принять не те, что были видны"},
    {"Send the number that the list's summary told (fitting.acceptable).",
     "Пришлите число, которое показал список (fitting.acceptable)."},
    {"is no reason of a suggestion", "такой причины подсказки нет"},
    {"Take it from the list's summary.", "Возьмите её из итогов списка."},
    {"is not known", "такого значения нет"},
    {"Give sure, likely or check.", "Укажите sure, likely или check."},
    {"is no kind that has such an id", "у такого вида нет этого id"},
    {"Give programme, flow, module or theme.", "Укажите programme, flow, module или theme."},
    {"There is no such match here.", "Такого сопоставления здесь нет."},
    {"The match was changed meanwhile; read it again, then repeat.",
     "Сопоставление тем временем изменили: прочтите его ещё раз и повторите."},
    {"It was taken back already.", "Его уже сняли."},
    {"Nothing was written that could be taken back.", "Записанного, что можно было бы снять, нет."},
    {"No columns with University 2035's ids are recognised; name them kind, id, u2035Id and title, or «ID курса» and "
     "«Курс», «ID потока» and «Поток», «ID модуля» and «Модуль», «ID темы» and «Тема».",
     "Столбцы с id Университета 20.35 не узнаны: назовите их kind, id, u2035Id и title либо «ID курса» и «Курс», «ID "
     "потока» и "
     "«Поток», «ID модуля» и «Модуль», «ID темы» и «Тема»."},
    {"There is no such statement here.", "Такого факта здесь нет."},
    {"There is no such artifact here.", "Такого файла здесь нет."},
    {"There is no such export here.", "Такой выгрузки здесь нет."},
    {"There is no such file in this export; its list of files names those there are.",
     "Такого файла в выгрузке нет: все её файлы названы в списке."},
    {"This file isn't to be uploaded by hand, so there is nothing to tick.",
     "Этот файл вручную не загружают: отмечать нечего."},
    // Quarantine.
    {"The filter fits {} statements now, and {} were expected; look at the list again and send the present number.",
     "Под фильтр теперь подходит фактов: {}, а ожидалось {}. Посмотрите список ещё раз и подтвердите новое число."},
    {"{} statements of learners wait for what is to be discarded and can't go without it; send \"dependents\": true to "
     "discard it all the same.",
     "Фактов слушателей, которые ждут отбрасываемого и без него не уйдут: {}. Чтобы отбросить всё равно, подтвердите "
     "это "
     "(\"dependents\": true)."},
    {"The filter fits more than {} statements.", "Под фильтр подходит больше {} фактов."},
    {"is too wide", "фильтр слишком широк"},
    {"Narrow it by flow, kind, cause or reason and act piece by piece.",
     "Сузьте его потоком, видом или причиной и действуйте по частям."},
    {"There is no such statement in quarantine here, and there never was.", "Такого факта в карантине нет и не было."},
    {"The request is not valid", "В запросе ошибки"},
    {"give either the statements or a filter", "укажите либо факты, либо фильтр"},
    {"Take the ids from the quarantine's list.", "Возьмите id из списка карантина."},
    {"is missing: it guards against acting on other statements than were seen",
     "не указано: без этого можно затронуть не те факты, что были видны"},
    {"Send the number that the list or its groups showed.", "Пришлите число, которое показал список."},
    {"says nothing", "ничего не говорит"},
    {"Write why it is not to be sent, in 3 to 1,000 characters.",
     "Напишите, почему факт не надо передавать: от 3 до 1000 знаков."},
    // Corrections, reflections, readiness.
    {"The decision is not valid", "В решении ошибки"},
    {"names no file", "такого файла нет"},
    {"Upload the scan of the letter first and give its id.", "Сначала загрузите скан письма и укажите его id."},
    {"is missing: University 2035 takes a cancellation with a scan of the official letter only",
     "не указано: Университет 20.35 принимает отмену только со сканом официального письма"},
    {"Upload the scan of the letter with the reasons and give its id.",
     "Загрузите скан письма с причинами и укажите его id."},
    {"is missing: nothing says what is to be cancelled", "не указано, что отменять"},
    {"Give ids, or a project, a flow or a code.", "Укажите id, проект, поток или код."},
    {"Give the ids, or leave it out to decide on a whole list.", "Укажите id или уберите поле, чтобы решить обо всём."},
    {"Take the ids from the list of the unsendable.", "Возьмите id из списка того, что не может быть передано."},
    {"Nothing on the list of the unsendable fits: only records with the code changed-after-sending, "
     "deleted-after-sending, no-letter or referred-by-learners, or decided on before, can be decided on.",
     "В списке нет подходящих записей: решать можно только о том, что изменено или удалено после отправки или о чём "
     "уже "
     "решали."},
    {"There is no checked reflection of this id here.", "Проверенной рефлексии с таким id здесь нет."},
    {"The reflection was changed and checked meanwhile; read it again and judge its new text.",
     "Рефлексию тем временем изменили и проверили: прочтите её ещё раз и судите о новом тексте."},
    {"The judgement is not valid", "В решении ошибки"},
    {"Readiness of the flow '{}' was not told yet: no night has covered it. Start one with POST …/u2035/runs and "
     "{\"only\":\"readiness\"}.",
     "Готовность потока '{}' ещё не посчитана: его не охватила ни одна ночь. Запустите её сейчас "
     "({\"only\":\"readiness\"})."},
    {"The last night found no learner '{}' in the flow '{}'.", "Последняя ночь не нашла слушателя '{}' в потоке '{}'."},
    // The full package.
    {"The package can't be sent as asked.", "Пакет с такими данными не отправить."},
    {"Give the id as the API shows it.", "Укажите id, как его показывает API."},
    {"it is no unti_id", "это не unti_id"},
    {"Digits without a leading zero.", "Цифры, первая — не ноль."},
    {"no bucket is named", "бакет не указан"},
    {"Give it here or in the URL.", "Укажите его здесь или в URL."},
    {"the project has no such flow", "такого потока в проекте нет"},
    {"Use the id of a flow of this project.", "Выберите поток этого проекта."},
    {"there is no such learner", "такого слушателя нет"},
    {"Use the id of a learner of the flow.", "Выберите слушателя этого потока."},
    {"the learner has no unti_id of the test contour", "у слушателя нет unti_id тестового контура"},
    {"Ask University 2035 for one and enter it as the learner's testUntiId.",
     "Попросите его у Университета 20.35 и внесите в карточку слушателя (testUntiId)."},
    {"it is the methodist's unti_id of the production contour", "это unti_id методиста из промышленного контура"},
    {"Give the methodist's unti_id of the test contour.", "Укажите unti_id методиста в тестовом контуре."},
    {"Only stage 2 has a full package.", "Полный пакет есть только на этапе 2."},
    {"There is no such package here.", "Такого пакета здесь нет."},
    {"The test contour's Basic is not known; pass the check of stage 2 first.",
     "Basic тестового контура неизвестен: сначала пройдите проверку на этапе 2."},
    {"The Basic of stage 2 is the production contour's; a package goes to the test contour only.",
     "Basic этапа 2 — промышленного контура, а пакет отправляют только в тестовый."},
    {"A package of this integration is on its way; wait for its end.",
     "Пакет этой интеграции уже отправляется: дождитесь конца."},
    {"This Idempotency-Key began another package; use a new key for what is asked now.",
     "С этим Idempotency-Key начат другой пакет: возьмите новый ключ."},
    {"The package went to another test store (its endpoint or Basic was changed since); only what lies in the present "
     "one can be voided.",
     "Пакет ушёл в другое тестовое хранилище (с тех пор сменился адрес или Basic): отменить можно только то, что лежит "
     "в "
     "нынешнем."},
    // The wizard and stores.
    {"There is no such organization.", "Такой организации нет."},
    {"There is no such project open to the organization.", "Такой проект организации не открыт."},
    {"There is no such stage; the stages are 1 to 4.", "Такого этапа нет: этапы — с 1 по 4."},
    {"Only stages 2 and 4 have a check.", "Проверка есть только на этапах 2 и 4."},
    {"There is no such check.", "Такой проверки нет."},
    {"There is no such letter.", "Такого письма нет."},
    {"This letter is being sent; look again in some seconds.",
     "Это письмо отправляется: посмотрите ещё раз через несколько секунд."},
    {"This Idempotency-Key sent another letter before; make a new one.",
     "С этим Idempotency-Key отправлено другое письмо: возьмите новый ключ."},
    {"Idempotency-Key is longer than 200 characters; send a shorter one.",
     "Idempotency-Key длиннее 200 знаков: пришлите короче."},
    {"The scope was changed meanwhile; look at it and try again.",
     "Состав тем временем изменили: посмотрите его и повторите."},
    {"The scope names what isn't there.", "В составе названо то, чего нет."},
    {"the project has no flow {}", "в проекте нет потока {}"},
    {"there is no learner {}", "нет слушателя {}"},
    {"take the id from the records API", "возьмите id из записей"},
    {"There is no such store.", "Такого хранилища нет."},
    {"There is no such store here.", "Такого хранилища здесь нет."},
    {"The store was changed meanwhile; look at its current state and try again.",
     "Хранилище тем временем изменили: посмотрите, что сейчас, и повторите."},
    {"The store is of the {} contour already.", "Хранилище уже считается принадлежащим этому контуру ({})."},
    {"Nothing can be sent again as asked", "С такими параметрами переотправить нельзя"},
    {"Ask with 'dryRun': true first and send its 'expected' back.",
     "Сначала спросите с 'dryRun': true и пришлите его 'expected'."},
};

const common::Phrasebook::Phrases kReasons{
    {"The run was asked to end; the next one goes on.", "Запуск попросили закончить: следующий продолжит."},
    {"The server ended before the run began.", "Сервер остановлен до начала запуска."},
    {"The server ended during this run; the next run goes on from here.",
     "Сервер остановлен во время запуска: следующий продолжит отсюда."},
    {"The end of this run could not be put on record; the next run goes on from here.",
     "Конец запуска не удалось записать: следующий продолжит отсюда."},
    {"An unexpected error; the server's log says which.", "Непредвиденная ошибка: какая, сказано в журнале сервера."},
    {"the run was asked to end, so the readiness of some flows is an earlier night's",
     "запуск попросили закончить, поэтому готовность части потоков — от прошлой ночи"},
    {"readiness could not be told; the server's log says why",
     "готовность посчитать не удалось: почему, сказано в журнале сервера"},
    {"the integration was disconnected", "интеграция отключена"},
    {"old records are still on their way; the follow-up sends them",
     "старые записи ещё в пути: их дошлёт задание между ночами"},
    {"{} statements wait for their time; the follow-up sends them",
     "фактов ждёт своего времени: {}; их дошлёт задание между ночами"},
    {"the LRS fails on {} statements and answers otherwise; they are in doubt and asked about again in some hours",
     "на этих фактах LRS даёт сбой, на остальных нет: {}; их судьба неизвестна, о них спросим через несколько часов"},
    {"the destination rests until {}: {}", "получатель отдыхает до {}: {}"},
    {"the destination is paused: {}", "передача приостановлена: {}"},
    {"the destination gives no answer that counts: {}", "получатель не даёт внятного ответа: {}"},
    {"{} statements that the LRS had accepted are not there; they are sent again",
     "в LRS нет фактов, которые он принимал: {}; они отправлены снова"},
    {"{} statements are stored otherwise than they were sent; see the list of the unsendable",
     "фактов хранится не так, как отправлено: {}; см. «Чего не хватает»"},
    {"{} statements were missing too often and are not sent again; see the list of the unsendable",
     "фактов пропадало слишком часто: {}; больше не отправляем, см. «Чего не хватает»"},
    {"{} statements were voided in the LRS by somebody else; see the list of the unsendable",
     "фактов отменил в LRS кто-то другой: {}; см. «Чего не хватает»"},
    {"{} statements may have reached an earlier LRS, so they are in no file; set the integration up again with the "
     "same "
     "store",
     "фактов могло дойти до прежнего LRS: {}; поэтому их нет ни в одном файле: настройте интеграцию заново с тем же "
     "хранилищем"},
    {"{} statements stand in xAPI files and nobody said whether those were handed over, so they are not sent; say so "
     "at "
     "the export",
     "фактов стоит в файлах xAPI, о которых не сказано, переданы ли они: {}; поэтому они не отправлены: скажите это у "
     "выгрузки"},
    {"project '{}' has no programmes here", "в проекте '{}' здесь нет программ"},
    {"project '{}' has no profile, so its programmes can't be told about",
     "у проекта '{}' нет профиля, поэтому о его программах нечего передать"},
};

std::string inRussian(const std::string& text) {
    if (auto known = russianTexts().russian(text)) return *known;
    return fieldTextInRussian(text);
}

/// One reason, with the project before it where it is one's.
std::optional<std::string> reasonIn(const common::Phrasebook& book, const std::string& reason) {
    const auto colon = reason.find(": ");
    const auto slug = reason.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-");
    if (colon != std::string::npos && colon != 0 && slug == colon)
        if (auto rest = book.russian(reason.substr(colon + 2))) return reason.substr(0, colon + 2) + *rest;
    return book.russian(reason);
}

}  // namespace

const common::Phrasebook& russianTexts() {
    static const auto book = [] {
        auto all = kErrors;
        all.insert(all.end(), russianFileTexts().begin(), russianFileTexts().end());
        return common::phrasebook(all);
    }();
    return book;
}

bool asksForRussian(const host::sdk::Request& request) {
    return request.language == "ru" && request.header("accept-language");
}

std::string runMessage(const std::string& message, bool russian) {
    if (!russian || message.empty()) return message;
    static const common::Phrasebook book(kReasons);
    std::vector<std::string> parts;
    constexpr std::string_view kBetween = "; ";
    for (std::size_t from = 0; from != std::string::npos;) {
        const auto to = message.find(kBetween, from);
        parts.push_back(message.substr(from, to == std::string::npos ? to : to - from));
        from = to == std::string::npos ? to : to + kBetween.size();
    }
    // A reason may have the separator in itself.
    std::string out;
    for (std::size_t i = 0; i < parts.size();) {
        std::string said = parts[i];
        std::size_t used = 1;
        std::string joined = parts[i];
        for (std::size_t more = 1; more <= 3 && i + more <= parts.size(); ++more) {
            if (more > 1) joined += std::string(kBetween) + parts[i + more - 1];
            if (auto known = reasonIn(book, joined)) {
                said = *known;
                used = more;
                break;
            }
        }
        out += (out.empty() ? "" : std::string(kBetween)) + said;
        i += used;
    }
    return out;
}

host::sdk::Registration RussianRouter::add(host::sdk::Method method, const std::string& path,
                                           host::sdk::RouteOptions options, host::sdk::Handler handler) {
    return router_.add(method, path, std::move(options),
                       [handler = std::move(handler)](const host::sdk::Request& request) -> host::sdk::Response {
                           try {
                               return handler(request);
                           } catch (const AppError& error) {
                               if (!asksForRussian(request)) throw;
                               auto fields = error.errors();
                               for (auto& field : fields) {
                                   field.reason = inRussian(field.reason);
                                   field.fix = inRussian(field.fix);
                               }
                               AppError told(error.status(), error.code(), inRussian(error.what()), std::move(fields));
                               throw told.withCurrent(error.current());
                           }
                       });
}

}  // namespace plugin::api
