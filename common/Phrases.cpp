#include "common/Phrases.h"

namespace common {

namespace {

constexpr std::string_view kGap = "{}";
constexpr int kDeepest = 2;  ///< phrases within phrases

std::vector<std::string_view> piecesOf(std::string_view text) {
    std::vector<std::string_view> pieces;
    for (std::size_t at = text.find(kGap); at != std::string_view::npos; at = text.find(kGap)) {
        pieces.push_back(text.substr(0, at));
        text.remove_prefix(at + kGap.size());
    }
    pieces.push_back(text);
    return pieces;
}

/// What stands in the gaps, when the text is of that form.
std::optional<std::vector<std::string_view>> gapsIn(std::string_view text,
                                                    const std::vector<std::string_view>& pieces) {
    if (!text.starts_with(pieces.front())) return std::nullopt;
    text.remove_prefix(pieces.front().size());
    std::vector<std::string_view> gaps;
    for (std::size_t i = 1; i < pieces.size(); ++i) {
        const bool last = i + 1 == pieces.size();
        std::size_t at = 0;
        if (last) {
            if (!text.ends_with(pieces[i])) return std::nullopt;
            at = text.size() - pieces[i].size();
        } else if (at = text.find(pieces[i]); at == std::string_view::npos) {
            return std::nullopt;
        }
        gaps.push_back(text.substr(0, at));
        text.remove_prefix(at + pieces[i].size());
    }
    return gaps;
}

}  // namespace

Phrasebook::Phrasebook(const Phrases& phrases) {
    for (const auto& [english, russian] : phrases) {
        auto pieces = piecesOf(english);
        if (pieces.size() == 1)
            whole_.emplace(english, russian);
        else
            patterns_.push_back({std::move(pieces), russian});
    }
}

std::optional<std::string> Phrasebook::russian(std::string_view english) const {
    return said(english, 0);
}

std::optional<std::string> Phrasebook::said(std::string_view english, int depth) const {
    if (const auto found = whole_.find(english); found != whole_.end()) return std::string(found->second);
    if (depth > kDeepest) return std::nullopt;
    for (const auto& pattern : patterns_) {
        if (depth > 0 && pattern.pieces.front().empty()) continue;
        const auto gaps = gapsIn(english, pattern.pieces);
        if (!gaps) continue;
        std::string out;
        std::size_t next = 0;
        for (std::size_t i = 0; i < pattern.russian.size(); ++i) {
            const auto rest = pattern.russian.substr(i);
            const bool named = rest.size() > 2 && rest[0] == '{' && rest[1] >= '0' && rest[1] <= '9' && rest[2] == '}';
            if (!named && !rest.starts_with(kGap)) {
                out += rest[0];
                continue;
            }
            const auto index = named ? static_cast<std::size_t>(rest[1] - '0') : next++;
            if (index < gaps->size()) {
                const auto gap = (*gaps)[index];
                out += said(gap, depth + 1).value_or(std::string(gap));
            }
            i += named ? 2 : 1;
        }
        return out;
    }
    return std::nullopt;
}

std::string Phrasebook::text(std::string_view english) const {
    return russian(english).value_or(std::string(english));
}

host::sdk::AppError Phrasebook::error(const host::sdk::AppError& error) const {
    auto fields = error.errors();
    for (auto& field : fields) {
        field.reason = text(field.reason);
        field.fix = text(field.fix);
    }
    host::sdk::AppError out(error.status(), error.code(), text(error.what()), std::move(fields));
    return out.withCurrent(error.current());
}

const Phrasebook::Phrases& commonPhrases() {
    static const Phrasebook::Phrases phrases{
        {"is missing", "поле не заполнено"},
        {"it is missing", "поле не заполнено"},
        {"is empty", "поле пустое"},
        {"it is empty", "поле пустое"},
        {"give a text", "заполните поле"},
        {"is not a text", "это не текст"},
        {"put the value in quotes", "возьмите значение в кавычки"},
        {"is longer than {} characters", "длиннее {} знаков"},
        {"shorten it", "сократите"},
        {"holds a zero character", "содержит нулевой символ"},
        {"remove it", "уберите"},
        {"is out of range", "вне допустимых границ"},
        {"is not a whole number", "это не целое число"},
        {"give a whole number from {} to {}", "укажите целое число от {} до {}"},
        {"is not a number", "это не число"},
        {"give a number without quotes", "укажите число без кавычек"},
        {"give a number from {} to {}", "укажите число от {} до {}"},
        {"is neither true nor false", "это не true и не false"},
        {"give true or false without quotes", "укажите true или false без кавычек"},
        {"is not an RFC 3339 time", "это не время по RFC 3339"},
        {"give a time such as 2026-03-01T09:30:00+03:00", "укажите время, например 2026-03-01T09:30:00+03:00"},
        {"is not an object", "это не объект"},
        {"give {…}", "укажите {…}"},
        {"is not an array", "это не список"},
        {"give […]", "укажите […]"},
        {"has more than {} items", "в списке больше {} значений"},
        {"send fewer at a time", "отправьте меньше за раз"},
        {"is not a known field", "такого поля нет"},
        {"did you mean '{}'?", "может быть, «{}»?"},
        {"The JSON can't be read at byte {}: {}", "JSON не читается, байт {}: {}"},
        {"The JSON must be an object: {…}.", "JSON должен быть объектом: {…}."},
        {"{}: {} field is wrong.", "{}: полей с ошибкой: {}."},
        {"{}: {} fields are wrong.", "{}: полей с ошибкой: {}."},
        {"The query parameter 'cursor' is not one that this list gave out; take it from 'next' of the page before.",
         "Параметр 'cursor' выдан не этим списком: возьмите его из 'next' прошлой страницы."},
        {"The query parameter 'limit' must be a number from 1 to {}", "Параметр 'limit' — число от 1 до {}"},
        {"If-Match is not an ETag of ours; send the ETag of the last answer, as in \"7\".",
         "В If-Match не наш ETag: пришлите ETag последнего ответа, например \"7\"."},
        // Files of tables: CsvReader and xlsx.
        {"is one column too many", "лишний столбец"},
        {"Give at most {} columns.", "Столбцов может быть не больше {}."},
        {"has text after its closing quote", "после закрывающей кавычки есть текст"},
        {"has a quote in the middle", "кавычка внутри значения"},
        {"Put the whole value in quotes and double each quote within it.",
         "Возьмите всё значение в кавычки, а каждую кавычку внутри удвойте."},
        {"is longer than {} bytes", "длиннее {} байт"},
        {"Shorten the value.", "Сократите значение."},
        {"Shorten the value, or close the quote that it begins with.",
         "Сократите значение или закройте кавычку, с которой оно начинается."},
        {"begins with a quote that is never closed", "кавычка в начале не закрыта"},
        {"Close the quote, or double it.", "Закройте кавычку или удвойте её."},
        {"has a byte that windows-1251 does not know", "есть байт, которого нет в windows-1251"},
        {"Save the file in windows-1251 or UTF-8 and say which in the mapping.",
         "Сохраните файл в windows-1251 или UTF-8 и укажите кодировку в отображении."},
        {"is not valid UTF-8", "это не UTF-8"},
        {"Save the file in UTF-8, or set 'encoding' in the mapping.",
         "Сохраните файл в UTF-8 или укажите 'encoding' в отображении."},
        {"The .xlsx file can't be read: {}. Open it in Excel or LibreOffice, save it as .xlsx and give that file.",
         "Файл .xlsx не читается: {}. Откройте его в Excel или LibreOffice, сохраните как .xlsx и выберите новый "
         "файл."},
        {"The .xlsx file can't be read: {}. Take the password off and save it again.",
         "Файл .xlsx не читается: {}. Снимите пароль и сохраните файл снова."},
        {"The .xlsx file can't be read: it is empty. Open it in Excel or LibreOffice, save it as .xlsx and give that "
         "file.",
         "Файл .xlsx пустой. Откройте его в Excel или LibreOffice, сохраните как .xlsx и выберите новый файл."},
        {"it is protected by a password", "он защищён паролем"},
        {"it is a workbook of the old kind (.xls)", "это книга старого вида (.xls)"},
        {"it is a binary workbook (.xlsb)", "это двоичная книга (.xlsb)"},
        {"it is an OpenDocument file (.ods)", "это файл OpenDocument (.ods)"},
        {"it is no .xlsx file at all", "это вовсе не файл .xlsx"},
        {"it holds no workbook", "в нём нет книги"},
        {"it has no sheet with a table", "в нём нет листа с таблицей"},
        {"the file is cut off or damaged", "он оборван или повреждён"},
        {"sheet '{}', cell {}: {}", "лист '{}', ячейка {}: {}"},
        {"sheet '{}', row {}: {}", "лист '{}', строка {}: {}"},
        {"sheet '{}': {}", "лист '{}': {}"},
        {"a text is longer than {} bytes", "текст длиннее {} байт"},
        {"it is beyond column {}, the last that is read", "она за столбцом {}: дальше не читаем"},
        {"it has a row {}, at most {} are read", "в нём есть строка {}, а читаем не больше {}"},
        {"it has more cells than {}", "в нём больше {} ячеек"},
        {"it is no number: '{}'", "это не число: '{}'"},
        {"it names a text that the file does not hold", "текста, на который она ссылается, в файле нет"},
    };
    return phrases;
}

Phrasebook phrasebook(const Phrasebook::Phrases& phrases) {
    auto all = phrases;
    all.insert(all.end(), commonPhrases().begin(), commonPhrases().end());
    return Phrasebook(all);
}

}  // namespace common
