import QtQuick
import Marea
import Marea.App

// The head of the store: what one looks for, as words and chips, and one's purchases.
Column {
    id: head
    required property AppContext app
    property bool narrow: false
    readonly property StoreViewModel store: app.store
    spacing: 12

    component Menu: Chip {
        id: chip
        property string says: ""
        property var choices: []
        property bool on: false
        readonly property var chosen: choices.find(c => c.checked) ?? null
        signal picked(var value)
        chevron: true
        checked: on
        text: on && chosen ? chosen.text : says
        Accessible.name: says + ": " + text
        onClicked: { checked = Qt.binding(() => chip.on); menu.openAt(chip, false) }
        ChoiceMenu { id: menu; title: chip.says; implicitWidth: 220; choices: chip.choices; onChosen: (value) => chip.picked(value) }
    }
    Item {
        width: parent.width
        height: 48
        PageTitle { id: title; text: qsTr("Store") }
        Row {
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            spacing: 8
            AppButton { visible: head.store.owner && !head.narrow; quiet: true; iconName: "tag"; text: qsTr("Selling"); onClicked: head.app.navigator.go("selling") }
            IconButton { visible: head.store.owner && head.narrow; iconName: "tag"; text: qsTr("Selling"); onClicked: head.app.navigator.go("selling") }
            AppButton { visible: !head.narrow; quiet: true; iconName: "receipt"; text: qsTr("Purchases"); onClicked: head.app.navigator.go("purchases") }
            IconButton { visible: head.narrow; iconName: "receipt"; text: qsTr("Purchases"); onClicked: head.app.navigator.go("purchases") }
        }
    }
    Field {
        id: words
        width: Math.min(parent.width, 420)
        iconName: "search"
        clearable: true
        placeholderText: qsTr("Search the store")
        Component.onCompleted: text = head.store.words
        onTextChanged: head.store.words = text
        Keys.onEscapePressed: clear()
        Connections {
            target: head.store
            function onQueryChanged() { if (head.store.words === "" && words.text.trim() !== "") words.clear() }
        }
    }
    Flow {
        width: parent.width
        spacing: 8
        Menu { says: qsTr("Kind"); choices: head.store.kinds; on: head.store.kind !== ""; onPicked: (value) => head.store.setKind(value) }
        Menu { visible: choices.length > 1; says: qsTr("Genre"); choices: head.store.genres; on: head.store.genre !== ""; onPicked: (value) => head.store.setGenre(value) }
        Menu { says: qsTr("Price"); choices: head.store.prices; on: head.store.priceTo >= 0; onPicked: (value) => head.store.setPriceTo(value) }
        Menu { says: qsTr("Order"); choices: head.store.sorts; on: head.store.sort !== ""; onPicked: (value) => head.store.setSort(value) }
        Menu { visible: choices.length > 1; says: qsTr("Currency"); choices: head.store.currencies; text: head.store.currency; onPicked: (value) => head.store.setCurrency(value) }
        IconButton { visible: head.store.searching; iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Clear filters"); onClicked: head.store.clearFilters() }
    }
    Item { width: 1; height: 4 }
}
