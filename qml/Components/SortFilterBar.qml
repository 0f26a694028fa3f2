import QtQuick
import QtQuick.Window
import Marea
import Marea.App

// How a list is sorted and what of it is shown, as chips; in a narrow window in one row, which scrolls.
Flickable {
    id: bar
    required property MediaModel model
    property bool withYear: true
    property bool withArtist: false
    property bool withAlbum: false
    property AppContext app: null   // with it, also filters
    property bool withFilters: app !== null
    property bool pictures: true    // the list is a grid of them, whose size can be chosen
    property var states: ["in_progress", "favourite", "watched"]
    readonly property bool scrolls: width > 0 && width < Theme.widthNarrow - 2 * Theme.marginNarrow
    implicitHeight: chips.height
    contentWidth: chips.width
    contentHeight: height
    interactive: contentWidth > width
    flickableDirection: Flickable.HorizontalFlick
    boundsBehavior: Flickable.StopAtBounds
    visible: !model.loaded || model.count > 0 || model.filtered   // nothing is not sorted

    readonly property var sorts: [
        {key: "title", order: "", text: qsTr("Title")}
    ].concat(withArtist ? [{key: "artist", order: "", text: qsTr("Artist")}] : []).concat(withAlbum ? [{key: "album", order: "", text: qsTr("Album")}] : []).concat([
        {key: "added", order: "desc", text: qsTr("Recently added")}
    ]).concat(withYear ? [{key: "year", order: "desc", text: qsTr("Year")}] : []).concat([{key: "duration", order: "desc", text: qsTr("Length")}])
    function sortText() {
        for (const s of sorts) if (s.key === model.sort) return s.text
        return ""
    }

    // What the keyboard is on is in sight.
    readonly property Item focused: Window.activeFocusItem
    onFocusedChanged: {
        let above = scrolls ? focused : null
        while (above && above !== chips) above = above.parent
        if (!above) return
        const at = focused.mapToItem(chips, 0, 0).x
        contentX = Math.max(0, Math.min(at - 8, Math.max(contentX, at + focused.width + 8 - width)))
    }

    Flow {
        id: chips
        width: bar.scrolls ? Math.max(bar.width, sortChip.width + (size.active ? size.width + spacing : 0) + (filters.active ? filters.width + spacing : 0)) : bar.width
        spacing: 8
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
        Loader {
            id: size
            active: bar.app !== null && bar.pictures
            visible: active
            sourceComponent: Chip {
                id: sizeChip
                iconName: "layout-grid"
                chevron: true
                text: sizes.choices.find(c => c.checked)?.text ?? ""
                Accessible.name: qsTr("Size of the pictures: %1").arg(text)
                onClicked: sizes.openAt(sizeChip, false)
                ChoiceMenu {
                    id: sizes
                    title: qsTr("Size of the pictures")
                    implicitWidth: 220
                    choices: bar.app.settings.pictureSizes
                    onChosen: (value) => bar.app.settings.pictureSize = value
                }
            }
        }
        Loader {
            id: filters
            width: !item ? 0 : bar.scrolls ? item.wanted : Math.min(item.wanted, bar.width)
            active: bar.withFilters
            sourceComponent: FilterChips { app: bar.app; model: bar.model; states: bar.states }
        }
    }
}
