import QtQuick
import Marea
import Marea.App

// How a list is sorted and what of it is shown, as chips.
Flow {
    id: bar
    required property MediaModel model
    property bool withYear: true
    property bool withFilters: true
    spacing: 8
    visible: !model.loaded || model.count > 0 || model.filtered   // nothing is not sorted

    readonly property var sorts: [
        {key: "title", order: "", text: qsTr("Title")},
        {key: "added", order: "desc", text: qsTr("Recently added")}
    ].concat(withYear ? [{key: "year", order: "desc", text: qsTr("Year")}] : []).concat([{key: "duration", order: "desc", text: qsTr("Length")}])
    readonly property var filters: [
        {key: "in_progress", text: qsTr("In progress")},
        {key: "favourite", text: qsTr("Favourites")},
        {key: "watched", text: qsTr("Watched")}
    ]
    function sortText() {
        for (const s of sorts) if (s.key === model.sort) return s.text
        return ""
    }

    Chip {
        id: sortChip
        iconName: "arrow-down-wide-narrow"
        chevron: true
        text: bar.sortText()
        Accessible.name: qsTr("Sorted by %1").arg(text)
        onClicked: menu.openAt(sortChip, false)
        ChoiceMenu {
            id: menu
            title: qsTr("Sort by")
            implicitWidth: 220
            choices: bar.sorts.map(s => ({text: s.text, value: s, checked: s.key === bar.model.sort}))
            onChosen: (value) => bar.model.setSort(value.key, value.order)
        }
    }
    Repeater {
        model: bar.withFilters ? bar.filters : []
        Chip {
            required property var modelData
            text: modelData.text
            checkable: true
            checked: bar.model.filter === modelData.key
            onClicked: bar.model.setFilter(checked ? modelData.key : "")
        }
    }
}
