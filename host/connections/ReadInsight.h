#pragma once
/// What a reader of the host's own can say of what it has read, beyond the rows themselves. A reader of a kind whose
/// columns are paths implements it beside sdk::SourceReader; a run asks before it writes and at the end. Used by the
/// reader's thread.

#include <string>
#include <vector>

namespace host::connections {

class ReadInsight {
public:
    virtual ~ReadInsight() = default;

    /// Columns whose key none of the items that were loaded has. A key with null is there.
    virtual std::vector<std::string> absentColumns() const = 0;
    /// What stands in the items: names one level deep, each once; as far as something is absent.
    virtual const std::vector<std::string>& itemNames() const = 0;
    /// Where the only item is what the items themselves stand in: the path to their list; empty when it is not so.
    virtual const std::string& listInItem() const = 0;
    /// False when rows may have been missed without a sign of it: pages by number, whose rows move up when one before
    /// them is deleted.
    virtual bool isProvenWhole() const { return true; }
};

}  // namespace host::connections
