#pragma once
/// One flow's structure by id: where every element hangs. Refers to the FlowStructure, which must outlive it.
/// Immutable.

#include "host/sdk/Records.h"

#include <unordered_map>
#include <vector>

namespace plugin::footprint {

enum class Level { Course, Block, Module, Theme };
const char* toString(Level level);

/// A part of the programme and what it lies in; pointers to what it is above are null.
struct StructurePlace {
    const host::sdk::Block* block = nullptr;
    const host::sdk::ProgrammeModule* module = nullptr;
    const host::sdk::Theme* theme = nullptr;
    const host::sdk::Element* element = nullptr;
    Level level = Level::Course;  ///< what an element hangs on
    bool deleted = false;         ///< itself, or something it lies in
    bool lost = false;            ///< something it should lie in is not in the structure
};

class FlowIndex {
public:
    explicit FlowIndex(const host::sdk::FlowStructure& structure);

    const host::sdk::FlowStructure& structure() const noexcept { return *structure_; }
    const std::vector<StructurePlace>& blocks() const noexcept { return blocks_; }
    const std::vector<StructurePlace>& modules() const noexcept { return modules_; }
    const std::vector<StructurePlace>& themes() const noexcept { return themes_; }
    const std::vector<StructurePlace>& elements() const noexcept { return elements_; }
    /// What lies in nothing.
    const StructurePlace& course() const noexcept { return course_; }
    /// nullptr: the flow has no such element.
    const StructurePlace* element(host::sdk::RecordId id) const;
    /// nullptr: the flow has no such module.
    const StructurePlace* module(host::sdk::RecordId id) const;

private:
    const host::sdk::FlowStructure* structure_;
    StructurePlace course_;
    std::vector<StructurePlace> blocks_, modules_, themes_, elements_;
    std::unordered_map<host::sdk::RecordId, std::size_t> byElement_;
};

}  // namespace plugin::footprint
