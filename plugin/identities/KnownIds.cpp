#include "plugin/identities/KnownIds.h"

#include "common/Text.h"
#include "host/sdk/Error.h"
#include "plugin/identities/Fold.h"
#include "plugin/identities/Suggestions.h"

#include <algorithm>
#include <charconv>

namespace plugin::identities {
namespace {

using host::sdk::AppError;
using host::sdk::RecordId;

struct Words {
    const char* code;
    const char *reason, *fix;      // Russian
    const char *reasonEn, *fixEn;  // English
};
constexpr Words kWords[] = {
    {"no-kind", "у такого вида записей нет id Университета 20.35",
     "Укажите learner в таблице слушателей, programme, flow, module или theme в таблице остального.",
     "no kind of record that has an id of University 2035 here",
     "Write learner in a table of learners; programme, flow, module or theme in one of the others."},
    {"not-an-id", "это не id: нужно целое число без нуля впереди, не больше 9223372036854775807",
     "Скопируйте id из списка Университета 20.35.",
     "is no id: it takes a whole number without a zero in front, 9223372036854775807 at most",
     "Copy the id from University 2035's list."},
    {"lost-digits", "таблица сохранила не все цифры этого числа",
     "Задайте столбцу текстовый формат и введите id снова.", "the spreadsheet did not keep all digits of this number",
     "Set the column's format to text and type the id again."},
    {"no-record", "записи с таким id здесь нет", "Выгрузите список заново и заполните его, не меняя столбец id.",
     "there is no record of this id here", "Export the list again and fill it in without changing the column id."},
    {"has-another", "у записи уже другой id",
     "Если он неверен, исправьте его в источнике или отмените принятое, затем загрузите таблицу снова.",
     "the record has another id", "If that is wrong, mend it in the source or undo what was accepted, then repeat."},
    {"held", "этот id у другой записи", "Сверьте id со списком Университета 20.35.", "another record has this id",
     "Compare the id with University 2035's list."},
    {"twice", "выше в таблице этот id назван у другой записи", "Оставьте id у той записи, которой он принадлежит.",
     "a row above gives this id to something else", "Leave the id where it belongs."},
    {"contradicts", "выше в таблице у этой записи другой id", "Оставьте у записи один id.",
     "a row above gives this record another id", "Leave one id for the record."},
    {"nameless", "строка не говорит, чей это id", "Заполните название или возьмите таблицу из выгрузки списка.",
     "the row does not say whose id it is", "Fill in the title, or take the table that the list is exported as."}};

std::optional<std::int64_t> numberOf(std::string_view text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data(), end, number);
    return fault == std::errc() && rest == end && number > 0 && text.front() != '0' ? std::optional(number)
                                                                                    : std::nullopt;
}

/// Of whom a row tells, so that two rows can be compared.
std::string subjectOf(const ToldId& one) {
    return one.recordId != 0 ? std::to_string(one.recordId) : foldName(one.title);
}

}  // namespace

const char* toString(IdFault fault) {
    return kWords[static_cast<int>(fault)].code;
}

IdFaultText explain(IdFault fault, bool russian) {
    const auto& words = kWords[static_cast<int>(fault)];
    return russian ? IdFaultText{words.reason, words.fix} : IdFaultText{words.reasonEn, words.fixEn};
}

KnownIdColumns::KnownIdColumns(const std::vector<std::string>& titles, bool learners)
    : titles_(titles), learners_(learners) {
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < titles.size(); ++i) places.emplace(foldTitle(titles[i]), i);
    const auto at = [&](std::initializer_list<const char*> names) -> std::optional<std::size_t> {
        for (const auto* name : names)
            if (const auto it = places.find(foldTitle(name)); it != places.end()) return it->second;
        return std::nullopt;
    };
    kind_ = at({"kind", "Вид"});
    record_ = at({"id", "ID записи"});
    title_ = at({"title", "Название"});
    u2035_ = at({"u2035Id", "ID Университета 20.35", "ID У2035"});
    if (learners) {
        if (!u2035_) u2035_ = at({"Unti ID"});
        if (record_ && u2035_) return;
        throw AppError(422, "table.no-ids",
                       "No columns with learners' unti_ids are recognised; name them id (of the record) and u2035Id, "
                       "as the list is exported. A list of University 2035's own is brought in under unti_ids.");
    }
    if (kind_ && u2035_) return;
    const auto pair = [&](Matched kind, std::initializer_list<const char*> ids,
                          std::initializer_list<const char*> names) {
        if (const auto id = at(ids)) pairs_.push_back({toString(kind), *id, at(names)});
    };
    pair(Matched::Programme, {"ID курса", "ID программы"}, {"Курс", "Программа", "Название курса"});
    pair(Matched::Flow, {"ID потока", "Идентификатор потока"}, {"Поток", "Название потока"});
    pair(Matched::Module, {"ID модуля"}, {"Модуль", "Название модуля"});
    pair(Matched::Theme, {"ID темы"}, {"Тема", "Название темы"});
    std::erase_if(pairs_, [](const Pair& one) { return !one.title; });
    if (pairs_.empty())
        throw AppError(
            422, "table.no-ids",
            "No columns with University 2035's ids are recognised; name them kind, id, u2035Id and title, or "
            "«ID курса» and «Курс», «ID потока» and «Поток», «ID модуля» and «Модуль», «ID темы» and «Тема».");
}

bool KnownIdColumns::takes(const std::string& kind) const {
    return learners_ ? kind.empty() || kind == "learner" : matchedFrom(kind).has_value();
}

void KnownIdColumns::read(std::size_t row, std::span<const TableCell> cells, std::vector<ToldId>& told,
                          std::vector<RefusedRow>& refused) const {
    const auto cell = [&](const std::optional<std::size_t>& place) {
        return place && *place < cells.size() ? cells[*place] : TableCell{};
    };
    const auto refuse = [&](std::size_t column, IdFault fault) {
        refused.push_back({row, titles_[column], std::string(common::beginning(cells[column].text, 100)), fault, {}});
    };
    const auto note = [&](const std::string& kind, std::size_t id, std::string title, RecordId record) {
        const auto number = numberOf(cells[id].text);
        if (cells[id].lostDigits)
            refuse(id, IdFault::LostDigits);
        else if (!number)
            refuse(id, IdFault::NotAnId);
        else if (record == 0 && title.empty())
            refuse(id, IdFault::Nameless);
        else
            told.push_back({kind, *number, std::move(title), record, row, titles_[id]});
    };
    if (!pairs_.empty()) {
        for (const auto& pair : pairs_)
            if (!cell(pair.id).text.empty()) note(pair.kind, pair.id, cell(pair.title).text, 0);
        return;
    }
    if (cell(u2035_).text.empty()) return;
    const auto kind = cell(kind_).text;
    const auto named = cell(record_);
    const auto record = numberOf(named.text);
    if (!takes(kind))
        refuse(*kind_, IdFault::NoKind);
    else if (!named.text.empty() && (!record || named.lostDigits))
        refuse(*record_, IdFault::NoRecord);
    else if (learners_ && !record)
        refuse(*u2035_, IdFault::Nameless);  // a name is no learner
    else
        note(learners_ ? "learner" : kind, *u2035_, cell(title_).text, record.value_or(0));
}

void judge(std::vector<ToldId>& told, const IdHolders& holders, std::vector<RefusedRow>& refused) {
    std::map<std::pair<std::string, std::string>, const IdHolder*> byValue;
    for (const auto& [key, holder] : holders)
        if (!holder.value.empty()) byValue.emplace(std::pair(key.first, holder.value), &holder);
    std::map<std::pair<std::string, std::int64_t>, std::pair<std::size_t, std::string>> above;
    std::map<std::pair<std::string, RecordId>, std::int64_t> given;
    std::vector<ToldId> kept;
    for (auto& one : told) {
        const auto value = std::to_string(one.value);
        const auto refuse = [&](IdFault fault, std::string with = {}) {
            refused.push_back({one.row, one.column, value, fault, std::move(with)});
        };
        const auto record = holders.find({one.kind, one.recordId});
        if (one.recordId != 0) {
            if (record == holders.end()) {
                refuse(IdFault::NoRecord);
                continue;
            }
            if (record->second.value == value) continue;
            if (!record->second.value.empty()) {
                refuse(IdFault::HasAnother, record->second.value);
                continue;
            }
            if (const auto held = byValue.find({one.kind, value}); held != byValue.end()) {
                refuse(IdFault::Held, held->second->name);
                continue;
            }
        }
        const auto [said, isNew] = above.try_emplace({one.kind, one.value}, one.row, subjectOf(one));
        if (!isNew && said->second.second != subjectOf(one)) {
            refuse(IdFault::Twice, std::to_string(said->second.first));
            continue;
        }
        const auto own =
            one.recordId == 0 ? one.value : given.try_emplace({one.kind, one.recordId}, one.value).first->second;
        if (own != one.value) {
            refuse(IdFault::Contradicts, std::to_string(own));
            continue;
        }
        kept.push_back(std::move(one));
    }
    told = std::move(kept);
    std::stable_sort(refused.begin(), refused.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
}

}  // namespace plugin::identities
