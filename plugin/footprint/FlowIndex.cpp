#include "plugin/footprint/FlowIndex.h"

#include <algorithm>

namespace plugin::footprint {
namespace {

using host::sdk::RecordId;
using Ids = std::unordered_map<RecordId, std::size_t>;

/// What the parent lies in, or a place that is lost.
StructurePlace below(const std::vector<StructurePlace>& parents, const Ids& ids, RecordId parent) {
    const auto found = ids.find(parent);
    if (found != ids.end()) return parents[found->second];
    StructurePlace place;
    place.lost = true;
    return place;
}

}  // namespace

const char* toString(Level level) {
    static constexpr const char* names[] = {"course", "block", "module", "theme"};
    return names[static_cast<int>(level)];
}

FlowIndex::FlowIndex(const host::sdk::FlowStructure& structure) : structure_(&structure) {
    const bool all = structure.flow.deleted || structure.programme.deleted;
    course_.deleted = all;
    Ids blocks, modules, themes;
    for (const auto& block : structure.blocks) {
        StructurePlace place;
        place.block = &block;
        place.level = Level::Block;
        place.deleted = all || block.deleted;
        blocks[block.id] = blocks_.size();
        blocks_.push_back(place);
    }
    for (const auto& module : structure.modules) {
        StructurePlace place = below(blocks_, blocks, module.blockId);
        place.module = &module;
        place.level = Level::Module;
        place.deleted = place.deleted || all || module.deleted;
        modules[module.id] = modules_.size();
        modules_.push_back(place);
    }
    for (const auto& theme : structure.themes) {
        StructurePlace place = below(modules_, modules, theme.moduleId);
        place.theme = &theme;
        place.level = Level::Theme;
        place.deleted = place.deleted || all || theme.deleted;
        themes[theme.id] = themes_.size();
        themes_.push_back(place);
    }
    for (const auto& element : structure.elements) {
        StructurePlace place;
        if (element.themeId)
            place = below(themes_, themes, *element.themeId);
        else if (element.moduleId)
            place = below(modules_, modules, *element.moduleId);
        else if (element.blockId)
            place = below(blocks_, blocks, *element.blockId);
        place.element = &element;
        place.level = element.themeId    ? Level::Theme
                      : element.moduleId ? Level::Module
                      : element.blockId  ? Level::Block
                                         : Level::Course;
        place.deleted = place.deleted || all || element.deleted;
        byElement_[element.id] = elements_.size();
        elements_.push_back(place);
    }
}

const StructurePlace* FlowIndex::element(RecordId id) const {
    const auto found = byElement_.find(id);
    return found == byElement_.end() ? nullptr : &elements_[found->second];
}

const StructurePlace* FlowIndex::module(RecordId id) const {
    const auto found =
        std::find_if(modules_.begin(), modules_.end(), [id](const StructurePlace& p) { return p.module->id == id; });
    return found == modules_.end() ? nullptr : &*found;
}

}  // namespace plugin::footprint
