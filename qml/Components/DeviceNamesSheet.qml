import QtQuick
import QtQuick.Templates as T
import Marea

// Some of many names: playlists, artists. `list()` gives {value, text, checked}; what one types narrows it.
Sheet {
    id: sheet
    property var list: () => []
    property var toggled: (value) => {}
    property var entries: []
    readonly property string wanted: field.text.trim().toLocaleLowerCase()
    readonly property var shown: entries.filter(e => wanted === "" || e.text.toLocaleLowerCase().includes(wanted))
    wide: 420
    function choose(heading, names, onToggled, back) {
        title = heading
        list = names
        toggled = onToggled
        entries = names()
        field.clear()
        show(back)
    }
    first: field
    Field { id: field; width: parent.width; iconName: "search"; clearable: true; placeholderText: qsTr("Find"); Keys.onDownPressed: view.forceActiveFocus() }
    ListView {
        id: view
        width: parent.width
        height: Math.min(360, Math.max(Theme.target, contentHeight))
        clip: true
        activeFocusOnTab: true
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        model: sheet.shown
        Accessible.role: Accessible.List
        Accessible.name: sheet.title
        function press(value) {
            const at = currentIndex
            sheet.toggled(value)
            sheet.entries = sheet.list()
            currentIndex = at
        }
        Keys.onSpacePressed: if (currentItem) press(currentItem.modelData.value)
        Keys.onReturnPressed: if (currentItem) press(currentItem.modelData.value)
        Keys.onEnterPressed: if (currentItem) press(currentItem.modelData.value)
        delegate: T.ItemDelegate {
            id: row
            required property int index
            required property var modelData
            width: ListView.view.width
            height: Theme.target
            hoverEnabled: true
            focusPolicy: Qt.NoFocus
            onClicked: { view.currentIndex = index; view.press(modelData.value) }
            Accessible.role: Accessible.CheckBox
            Accessible.name: modelData.text
            Accessible.checkable: true
            Accessible.checked: modelData.checked
            Accessible.onPressAction: clicked()
            background: Rectangle {
                radius: Theme.radiusControl
                color: row.hovered ? Theme.hover : "transparent"
                FocusRing { shown: row.ListView.isCurrentItem && view.activeFocus; offset: 0 }
            }
            Icon { x: 8; anchors.verticalCenter: parent.verticalCenter; visible: row.modelData.checked; name: "check"; size: 16; color: Theme.accent }
            Label { anchors { left: parent.left; leftMargin: 32; right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter } text: row.modelData.text }
        }
    }
    Label { visible: sheet.shown.length === 0; width: parent.width; text: qsTr("Nothing has this name."); color: Theme.secondary }
    buttons: [AppButton { primary: true; text: qsTr("Done"); onClicked: sheet.close() }]
}
