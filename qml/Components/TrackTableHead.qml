import QtQuick
import QtQuick.Templates as T
import Marea

// The columns' names; a click sorts by those that the server can sort by.
Item {
    id: head
    objectName: "trackTableHead"
    required property var table
    height: 36
    component Heading: T.AbstractButton {
        id: heading
        property string sort: ""
        property bool number: false   // at the right, as its figures are
        readonly property bool current: sort !== "" && head.table.model.sort === sort
        height: head.height
        hoverEnabled: true
        enabled: sort !== ""
        focusPolicy: enabled ? Qt.StrongFocus : Qt.NoFocus
        Accessible.role: Accessible.ColumnHeader
        Accessible.name: current ? head.table.model.order === "desc" ? qsTr("%1, descending").arg(text) : qsTr("%1, ascending").arg(text) : text
        Accessible.onPressAction: clicked()
        Keys.onReturnPressed: clicked()
        background: Item { FocusRing { shown: heading.visualFocus; offset: 0 } }
        contentItem: Item {
            Label { id: words; x: heading.number ? parent.width - width : 0; anchors.verticalCenter: parent.verticalCenter; width: Math.min(implicitWidth, parent.width - (heading.current ? 18 : 0)); text: heading.text; font.pixelSize: Theme.tiny; weight: Font.Medium; color: heading.current || heading.hovered ? Theme.text : Theme.secondary }
            Icon { visible: heading.current; x: heading.number ? words.x - 4 - width : words.width + 4; anchors.verticalCenter: parent.verticalCenter; size: 14; name: head.table.model.order === "desc" ? "chevron-down" : "chevron-up"; color: Theme.text }
        }
    }
    Row {
        x: 44
        spacing: 12
        Heading { width: head.table.titleWidth - 12; text: qsTr("Title"); sort: "title"; onClicked: head.table.sortBy({sort: "title", order: ""}) }
        Repeater {
            model: head.table.shown
            Heading { required property var modelData; width: head.table.widthOf(modelData); text: modelData.text; number: modelData.number ?? false; sort: modelData.sort ?? ""; onClicked: head.table.sortBy(modelData) }
        }
    }
    IconButton {
        id: chooser
        visible: !head.table.narrow
        x: 4
        iconName: "columns-3"
        iconSize: 16
        color: Theme.secondary
        text: qsTr("Columns")
        onClicked: menu.openAt(chooser, false)
        ChoiceMenu {
            id: menu
            title: qsTr("Columns")
            implicitWidth: 220
            choices: head.table.columns.map(c => ({text: c.text, value: c.key, checked: head.table.shown.includes(c)}))
            onChosen: (value) => head.table.toggleColumn(value)
        }
    }
    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.line }
}
