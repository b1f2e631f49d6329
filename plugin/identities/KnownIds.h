#pragma once
/// Tables of University 2035's ids: what their rows tell, and which of them can't be taken, with the reason. A row that
/// is refused tells nothing; nothing is guessed of it. Pure; not thread-safe.

#include "host/sdk/Records.h"
#include "plugin/identities/TableFile.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace plugin::identities {

/// Why a row can't be taken; codes are stable.
enum class IdFault {
    NoKind,       ///< no kind that has such an id
    NotAnId,      ///< no positive whole number, or too long a one
    LostDigits,   ///< a spreadsheet kept 15 digits of it
    NoRecord,     ///< names a record that isn't there
    HasAnother,   ///< the record has another id
    Held,         ///< another record has the id
    Twice,        ///< a row above says the id of something else
    Contradicts,  ///< a row above gives the record another id
    Nameless      ///< neither a record nor a title
};
const char* toString(IdFault fault);

struct IdFaultText {
    std::string reason, fix;  ///< for people
};
IdFaultText explain(IdFault fault, bool russian);

struct RefusedRow {
    std::size_t row = 0;  ///< as the spreadsheet counts
    std::string column;   ///< its title
    std::string value;    ///< of that cell
    IdFault fault = IdFault::NotAnId;
    std::string with;  ///< the record or row that stands against it; empty: none
};

/// What one cell tells.
struct ToldId {
    std::string kind;  ///< "learner", "programme", "flow", "module" or "theme"
    std::int64_t value = 0;
    std::string title;
    host::sdk::RecordId recordId = 0;  ///< the record that the row names; 0: none
    std::size_t row = 0;
    std::string column;  ///< title of the id's column
};

/// A table's rows under titles that are recognised: kind, id, u2035Id, title (as the list is exported); of elements
/// also «ID курса» with «Курс», «ID потока» with «Поток», «ID модуля» with «Модуль», «ID темы» with «Тема».
class KnownIdColumns {
public:
    /// \throws AppError 422 "table.no-ids" when nothing is recognised.
    KnownIdColumns(const std::vector<std::string>& titles, bool learners);
    /// What one row tells; rows without an id tell nothing.
    void read(std::size_t row, std::span<const TableCell> cells, std::vector<ToldId>& told,
              std::vector<RefusedRow>& refused) const;

private:
    struct Pair {
        std::string kind;
        std::size_t id;
        std::optional<std::size_t> title;
    };
    bool takes(const std::string& kind) const;

    std::vector<std::string> titles_;
    bool learners_;
    std::optional<std::size_t> kind_, record_, u2035_, title_;
    std::vector<Pair> pairs_;
};

/// Of whom a table may tell.
struct IdHolder {
    std::string name;   ///< for people: external id
    std::string value;  ///< the id that it has; empty: none
};
using IdHolders = std::map<std::pair<std::string, host::sdk::RecordId>, IdHolder>;  ///< (kind, record)

/// Moves what the records or another row stand against from `told` to `refused`, which is put in order of rows. What
/// the record has already is left out without a word.
void judge(std::vector<ToldId>& told, const IdHolders& holders, std::vector<RefusedRow>& refused);

}  // namespace plugin::identities
